/**
 * Characters that move the cursor, colour the screen, or turn text around and hide it: C0 and C1
 * controls, bidirectional and zero-width marks, line separators, lone surrogates.
 */
const HARMFUL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

function visible(character: string): string {
  if (character === '\r') return '\\r';
  const value = character.codePointAt(0) ?? 0;
  const hex = value.toString(16);
  return value < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`;
}

/**
 * Untrusted text made harmless: control characters become visible ones (`\x1b`), line breaks and
 * tabs stay. A carriage return before a line break is dropped: terminals' programs write it.
 */
export function sanitize(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(HARMFUL, visible);
}

/** The same on one line: line breaks become `⏎`, tabs become spaces. */
export function sanitizeLine(text: string): string {
  return sanitize(text).trimEnd().replaceAll('\n', ' ⏎ ').replaceAll('\t', ' ');
}
