import type { Language } from './language.ts';

/** How long something took, for people: `12 ms`, `3.2 s`, `38 s`, `2 min 5 s`. */
export function formatDuration(ms: number, language: Language): string {
  const unit = language === 'en' ? { s: 's', min: 'min' } : { s: '秒', min: '分' };
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} ${unit.s}`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} ${unit.s}`;
  return `${Math.floor(seconds / 60)} ${unit.min} ${seconds % 60} ${unit.s}`;
}

/** A clock that counts up: `00:41`, `1:02:03`. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** `1,204`. The same in both languages. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `8–158 ms`; one number when both ends are the same. */
export function formatRange([min, max]: readonly [number, number]): string {
  return min === max ? `${min} ms` : `${min}–${max} ms`;
}
