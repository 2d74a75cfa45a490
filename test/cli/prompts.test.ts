import { PassThrough } from 'node:stream';
import test from 'ava';
import { createPrompter } from '../../source/cli/prompts.ts';

function prompter(answer: string | null) {
  const input = new PassThrough();
  const output = new PassThrough();
  input.end(answer ?? '');
  return { prompter: createPrompter({ input, output }, 'en'), output };
}

for (const [answer, expected] of [
  ['y\n', true],
  ['YES\n', true],
  ['是\n', true],
  ['\n', false],
  ['n\n', false],
  ['yep\n', false],
  ['否\n', false],
  [null, false],
] as const) {
  test(`yes or no: ${JSON.stringify(answer)}`, async (t) => {
    const { prompter: asked, output } = prompter(answer);
    t.is(await asked.askYesNo('Make it?'), expected);
    t.true(String(output.read()).startsWith('Make it? [y/N] '));
  });
}

test('what is neither yes nor no is asked again', async (t) => {
  const input = new PassThrough();
  const output = new PassThrough();
  const answer = createPrompter({ input, output }, 'en').askYesNo('Make it?');
  input.write('yep\n');
  let said = '';
  for await (const chunk of output) {
    said += chunk;
    if (said.includes('Please answer')) break;
  }
  input.write('y\n');
  t.true(await answer);
});

test('a word must be exactly that word', async (t) => {
  t.true(await prompter('iam-1\n').prompter.askWord('Outage.', 'iam-1'));
  t.false(await prompter('y\n').prompter.askWord('Outage.', 'iam-1'));
  t.false(await prompter('iam-2\n').prompter.askWord('Outage.', 'iam-1'));
});

test('a secret is not echoed', async (t) => {
  const { prompter: asked, output } = prompter('hunter22\n');
  t.is(await asked.askSecret('Password:'), 'hunter22');
  t.false(String(output.read()).includes('hunter22'));
});
