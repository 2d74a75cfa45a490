import test from 'ava';
import { Command } from 'commander';
import { addLabCommand, type LabIo } from '../../source/cli/lab-command.ts';
import { OperatorError } from '../../source/model/index.ts';
import { cli } from '../../source/text/catalogue/cli.ts';
import { lab as texts } from '../../source/text/catalogue/lab.ts';

const silent: LabIo = {
  environment: {},
  progress: () => {},
  say: () => {},
  result: () => {},
  words: (code) => code,
  exit: () => {},
};

function program(io: LabIo = silent): Command {
  const made = new Command('iam-ha-wizard').exitOverride().option('--json');
  made.configureOutput({ writeErr: () => {}, writeOut: () => {} });
  addLabCommand(made, io);
  return made;
}

async function refusal(...argv: readonly string[]): Promise<string> {
  try {
    await program().parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof OperatorError) return `${error.exitCode} ${error.problems[0].code}`;
    throw error;
  }
  return 'accepted';
}

for (const [options, code] of [
  [['--nodes', '1'], 'lab-bad-nodes'],
  [['--nodes', 'two'], 'lab-bad-nodes'],
  [['--image', 'sid'], 'lab-bad-image'],
  [['--name', 'a/b'], 'lab-bad-name'],
  [['--subnet', '10.0.4.0'], 'lab-bad-subnet'],
  [['--vip', '10.0.9.9'], 'lab-bad-vip'],
  [['--cloud', 'aws'], 'lab-bad-cloud'],
  [['--user', 'admin', '--sudo-password', 'secret'], 'lab-literal-password'],
] as const) {
  test(`lab up ${options.join(' ')} is refused before anything is done`, async (t) => {
    t.is(await refusal('lab', 'up', ...options), `64 ${code}`);
  });
}

test('every lab command takes a name', (t) => {
  const lab = program().commands.find((command) => command.name() === 'lab');
  const names = lab?.commands.map((command) => command.name());
  t.deepEqual(names, ['up', 'down', 'status', 'run', 'exec', 'client', 'shell']);
  for (const command of lab?.commands ?? [])
    t.true(
      command.options.some((option) => option.long === '--name'),
      command.name(),
    );
});

const { 'help-example': example, 'help-global-options': options } = cli.messages;
const ofEveryCommand = { 'help-example': example, 'help-global-options': options };

test('every word of the help is in the catalogue', (t) => {
  const asked: string[] = [];
  program({
    ...silent,
    words: (code) => {
      asked.push(code);
      return code;
    },
  });
  t.deepEqual(
    asked.filter((code) => !Object.hasOwn({ ...texts.messages, ...ofEveryCommand }, code)),
    [],
  );
});
