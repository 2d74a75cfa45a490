// Terminal text with its colours (SGR sequences) as an SVG picture. Pure.
import stringWidth from 'string-width';

const CELL = 8.4;
const ROW = 17;
const FONT = 14;
const PADDING = 14;

/** Calm on a dark ground; the eight colours of a terminal, and what stands for none. */
const PALETTE = [
  '#3b4252',
  '#e06c75',
  '#8fbf7f',
  '#e5c07b',
  '#61afef',
  '#c678dd',
  '#56b6c2',
  '#d7dae0',
];
const GROUND = '#161b22';
const PLAIN = '#d7dae0';
const FONTS =
  "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'Source Han Mono SC', monospace";

const NO_STYLE = Object.freeze({ colour: undefined, bold: false, dim: false, inverse: false });

/** The style after an SGR sequence's numbers. */
function styled(style, codes) {
  const next = { ...style };
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at];
    if (code === 0) Object.assign(next, NO_STYLE);
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 7) next.inverse = true;
    else if (code === 22) Object.assign(next, { bold: false, dim: false });
    else if (code === 27) next.inverse = false;
    else if (code >= 30 && code <= 37) next.colour = PALETTE[code - 30];
    else if (code >= 90 && code <= 97) next.colour = PALETTE[code - 90];
    else if (code === 39) next.colour = undefined;
    else if ((code === 38 || code === 48) && codes[at + 1] === 5) {
      if (code === 38) next.colour = PALETTE[codes[at + 2] % 8];
      at += 2;
    } else if ((code === 38 || code === 48) && codes[at + 1] === 2) {
      const hex = codes.slice(at + 2, at + 5).map((part) => part.toString(16).padStart(2, '0'));
      if (code === 38) next.colour = `#${hex.join('')}`;
      at += 4;
    }
  }
  return next;
}

const SEQUENCE = /\u001b\[([0-9;]*)m|\u001b[()][A-Z0-9]|[\u000e\u000f]/g;

/**
 * Pieces of a line: its text cut where the style changes, and where characters of one cell and of
 * two meet, each with the cell that it begins at.
 *
 * @param style how the line before ended
 */
export function piecesOf(line, style = NO_STYLE) {
  const pieces = [];
  let current = style;
  let cell = 0;
  let from = 0;
  const add = (text) => {
    for (const { segment } of new Intl.Segmenter().segment(text)) {
      const width = stringWidth(segment);
      const last = pieces.at(-1);
      const isSame = last && last.style === current && last.each === width;
      if (isSame) last.text += segment;
      else pieces.push({ text: segment, cell, each: width, style: current });
      cell += width;
    }
  };
  for (const found of line.matchAll(SEQUENCE)) {
    add(line.slice(from, found.index));
    from = found.index + found[0].length;
    if (found[1] !== undefined) {
      const codes = (found[1] || '0').split(';').map(Number);
      current = styled(current, codes);
    }
  }
  add(line.slice(from));
  return { pieces, style: current, cells: cell };
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
}

function number(value) {
  return String(Math.round(value * 100) / 100);
}

/** A piece's text at its cell; its length is fixed, so that every font keeps the columns. */
function drawPiece({ text, cell, each, style }, row) {
  const cells = [...new Intl.Segmenter().segment(text)].length * each;
  const x = PADDING + cell * CELL;
  const y = PADDING + row * ROW;
  const { colour = PLAIN, bold, dim, inverse } = style;
  const parts = [];
  if (inverse)
    parts.push(
      `<rect x="${number(x)}" y="${number(y)}" width="${number(cells * CELL)}" height="${ROW}" fill="${colour}"/>`,
    );
  if (text.trim() !== '') {
    const look = [
      `fill="${inverse ? GROUND : colour}"`,
      ...(bold ? ['font-weight="600"'] : []),
      ...(dim ? ['opacity="0.6"'] : []),
    ].join(' ');
    const length = `textLength="${number(cells * CELL)}" lengthAdjust="spacingAndGlyphs"`;
    parts.push(
      `<text x="${number(x)}" y="${number(y + FONT - 1)}" ${length} ${look}>${escaped(text)}</text>`,
    );
  }
  return parts.join('');
}

/**
 * A picture of a terminal's screen.
 *
 * @param text lines with SGR sequences, as `tmux capture-pane -e -p` prints them
 * @param columns cells in a row
 * @param title for those who cannot see the picture
 */
export function ansiToSvg(text, { columns, title }) {
  const lines = text.replace(/\n$/, '').split('\n');
  let style = NO_STYLE;
  const rows = lines.map((line, row) => {
    const read = piecesOf(line, style);
    style = read.style;
    return read.pieces.map((piece) => drawPiece(piece, row)).join('');
  });
  const width = number(columns * CELL + 2 * PADDING);
  const height = number(lines.length * ROW + 2 * PADDING);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" rx="8" fill="${GROUND}"/>
<g font-family="${FONTS}" font-size="${FONT}" xml:space="preserve" style="white-space: pre">
${rows.filter((row) => row !== '').join('\n')}
</g>
</svg>
`;
}
