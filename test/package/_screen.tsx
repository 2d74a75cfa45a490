import { ProgressBar, Select, Spinner } from '@inkjs/ui';
import { Box, render, Text, useApp, useInput } from 'ink';
import { useState } from 'react';

/** A little of everything that screens are made of. */
function Screen() {
  const [pressed, setPressed] = useState('nothing');
  const { exit } = useApp();
  useInput((input) => (input === 'q' ? exit() : setPressed(input)));
  return (
    <Box flexDirection="column" borderStyle="round">
      <Text color="green">a pair that survives 主备两台</Text>
      <Spinner label="spins" />
      <Box width={20}>
        <ProgressBar value={40} />
      </Box>
      <Select options={[{ label: 'one of them', value: '1' }]} onChange={() => {}} />
      <Text>pressed: {pressed}</Text>
    </Box>
  );
}

export async function draw(): Promise<void> {
  await render(<Screen />, { alternateScreen: true }).waitUntilExit();
}
