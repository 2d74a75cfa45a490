import { Box, Text } from 'ink';
import { memo } from 'react';
import type { Style } from '../text/index.ts';
import { drawLine, type Line } from './lines.ts';

/** A row is drawn again only when it has changed. */
const Row = memo(({ text }: { readonly text: string }) => (
  <Text wrap="truncate-end">{text || ' '}</Text>
));

/** The rows of a screen. Their cells have been counted: nothing wraps, nothing is measured again. */
export function Frame({ rows, style }: { readonly rows: readonly Line[]; readonly style: Style }) {
  return (
    <Box flexDirection="column">
      {rows.map((row, index) => (
        // a row's place is what it is
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
        <Row key={index} text={drawLine(style, row)} />
      ))}
    </Box>
  );
}
