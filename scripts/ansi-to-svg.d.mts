export interface PieceStyle {
  readonly colour: string | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
}

export interface Piece {
  readonly text: string;
  /** The cell that it begins at. */
  readonly cell: number;
  /** Cells of each of its characters. */
  readonly each: number;
  readonly style: PieceStyle;
}

export function piecesOf(
  line: string,
  style?: PieceStyle,
): { readonly pieces: readonly Piece[]; readonly style: PieceStyle; readonly cells: number };

export function ansiToSvg(
  text: string,
  options: { readonly columns: number; readonly title: string },
): string;
