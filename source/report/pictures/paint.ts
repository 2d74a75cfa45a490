import type { Attributes } from '../markup.ts';

/**
 * What things of a picture are. The class lets a page paint them for a dark screen; the colour beside
 * it (for white paper) makes the picture stand without a page, as a file of its own or in a mail.
 */
const PAINTS = {
  ink: '#1c2430',
  quiet: '#5b6675',
  rule: '#d5dae1',
  held: '#1f6feb',
  ok: '#2f9e5b',
  late: '#d98a00',
  failed: '#cf2f3c',
  band: '#8250df',
  box: '#f3f5f8',
  paper: '#ffffff',
} as const;
export type PaintName = keyof typeof PAINTS;

export function filled(name: PaintName): Attributes {
  return { class: `f-${name}`, fill: PAINTS[name] };
}

export function stroked(name: PaintName, width = 1): Attributes {
  return { class: `s-${name}`, stroke: PAINTS[name], 'stroke-width': width, fill: 'none' };
}
