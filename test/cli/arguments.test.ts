import test from 'ava';
import type { Command } from 'commander';
import { mannerOf, parseCommandLine } from '../../source/cli/parse.ts';
import { renderProblem } from '../../source/text/index.ts';

async function parse(line: string, extend?: (program: Command) => void) {
  let written = '';
  const write = (text: string) => {
    written += text;
  };
  const parts = { language: 'en' as const, version: '1.2.3', write };
  const parsed = await parseCommandLine(
    line.split(' ').filter(Boolean),
    extend ? { ...parts, extend } : parts,
  );
  return { parsed, written };
}

async function run(line: string) {
  const { parsed } = await parse(line);
  if (parsed.kind !== 'run') throw new Error(`not run: ${JSON.stringify(parsed)}`);
  return parsed.invocation;
}

test('global options stand before or after the command', async (t) => {
  const before = await run('--json --cluster a.yaml --stage database --stage services apply --yes');
  const after = await run('apply --yes --stage database --stage services --cluster a.yaml --json');
  t.deepEqual(before, after);
  t.deepEqual(before, {
    command: 'apply',
    options: {
      cluster: 'a.yaml',
      stages: ['database', 'services'],
      plain: false,
      json: true,
      color: true,
      yes: true,
      overwrite: [],
      adopt: false,
      breakLocks: [],
      acceptNewHostKeys: false,
    },
  });
});

test('the consents', async (t) => {
  const { options } = await run(
    'apply --overwrite /etc/a --overwrite /etc/b --adopt --break-lock iam-1 --accept-new-host-keys ' +
      '--no-color --lang zh --session s --state-dir /tmp/s --plain',
  );
  t.like(options, {
    overwrite: ['/etc/a', '/etc/b'],
    adopt: true,
    breakLocks: ['iam-1'],
    acceptNewHostKeys: true,
    color: false,
    language: 'zh',
    session: 's',
    stateDir: '/tmp/s',
    plain: true,
  });
});

test('each command', async (t) => {
  t.is((await run('plan')).command, 'plan');
  t.is((await run('check')).command, 'check');
  t.is((await run('')).command, 'home');
  t.like(await run('--lang zh --no-color'), { command: 'home', options: { color: false } });
  t.is((await run('guide')).command, 'guide');
  t.like(await run('drill nginx-stopped nginx-recovers --runs 3 --rate 200'), {
    command: 'drill',
    ids: ['nginx-stopped', 'nginx-recovers'],
    all: false,
    runs: 3,
    rate: 200,
  });
  t.like(await run('init'), { command: 'init' });
  t.like(await run('init pair.yaml --plain'), {
    command: 'init',
    file: 'pair.yaml',
    options: { plain: true },
  });
  t.like(await run('drill --all'), { ids: [], all: true, runs: 1, rate: 100 });
  t.like(await run('move-vip iam-2'), { command: 'move-vip', node: 'iam-2' });
  t.like(await run('undo --packages'), { command: 'undo', packages: true });
  t.like(await run('undo'), { packages: false });
  t.like(await run('sessions'), { command: 'sessions', action: 'list' });
  t.like(await run('sessions list'), { action: 'list' });
  t.like(await run('sessions show a --json'), {
    action: 'show',
    name: 'a',
    options: { json: true },
  });
  t.like(await run('sessions forget a'), { action: 'forget', name: 'a' });
  t.like(await run('destroy --yes --packages'), { command: 'destroy', packages: true });
  t.like(await run('cloud policy'), { command: 'cloud', action: 'policy', securityGroups: false });
  t.like(await run('cloud policy --security-groups'), { securityGroups: true });
  t.like(await run('sessions sweep'), { command: 'sessions', action: 'sweep', regions: [] });
  t.like(await run('sessions sweep --region ap-guangzhou --region ap-shanghai'), {
    regions: ['ap-guangzhou', 'ap-shanghai'],
  });
  t.like(await run('report --format markdown --output -'), { format: 'markdown', output: '-' });
  t.like(await run('report --format html'), { command: 'report', format: 'html' });
  t.like(await run('report --format json --output x.json'), { format: 'json', output: 'x.json' });
});

const refused: readonly (readonly [string, string, string])[] = [
  ['watch --fast', 'unknown-option', 'There is no option --fast'],
  ['cloud polcy', 'unknown-command', 'There is no command polcy'],
  ['completion tcsh', 'unknown-shell', 'There is no completion for tcsh'],
  ['init a.yaml b.yaml', 'too-many-arguments', 'More arguments than init takes'],
  ['sessions sweep --region Guangzhou', 'cd-bad-region', 'There is no region Guangzhou'],
  ['aply', 'unknown-command', 'There is no command aply'],
  ['apply --foo', 'unknown-option', 'There is no option --foo'],
  ['apply now', 'too-many-arguments', 'More arguments than apply takes'],
  ['move-vip', 'missing-argument', 'The argument node is missing'],
  ['apply --session', 'option-without-value', 'The option --session <name> needs a value'],
  ['apply --lang fr', 'unknown-language', 'There is no language fr'],
  ['apply --stage foo', 'unknown-stage', 'There is no stage foo'],
  ['drill foo', 'unknown-drill', 'There is no drill foo'],
  ['drill --all nginx-stopped', 'all-and-ids', 'Either --all or the names of drills, not both'],
  ['drill --all --runs 0', 'bad-number', '--runs: 0 is not a number from 1 to 1000'],
  ['drill --all --rate 1e3', 'bad-number', '--rate: 1e3 is not a number from 1 to 1000'],
  ['report --format pdf', 'unknown-format', 'There is no report format pdf'],
];

for (const [line, code, title] of refused) {
  test(`refused with 64: "${line}"`, async (t) => {
    const { parsed, written } = await parse(line);
    if (parsed.kind !== 'refused') return t.fail(JSON.stringify(parsed));
    t.is(parsed.exitCode, 64);
    t.is(parsed.problems[0]?.code, code);
    t.is(renderProblem(parsed.problems[0]!, 'en').title, title);
    t.is(written, '');
  });
}

test('help and version are written and are no mistake', async (t) => {
  const help = await parse('--help');
  t.is(help.parsed.kind, 'handled');
  t.regex(help.written, /Usage: iam-ha-wizard/);
  t.regex(help.written, /Example: iam-ha-wizard plan/);
  t.regex(help.written, /guide/);
  const drill = await parse('drill --help');
  t.regex(drill.written, /iam-ha-wizard drill nginx-stopped --runs 10/);
  t.is((await parse('--version')).written, '1.2.3\n');
});

test('a command of its own gets its words unchanged after --', async (t) => {
  let got: readonly string[] = [];
  const { parsed } = await parse('lab run --name x -- wizard plan --json --foo', (program) => {
    const lab = program.command('lab');
    lab
      .command('run [words...]')
      .option('--name <name>')
      .action((words: readonly string[]) => {
        got = words;
      });
  });
  t.is(parsed.kind, 'handled');
  t.deepEqual(got, ['wizard', 'plan', '--json', '--foo']);
});

test('the manner is read before the line is understood, and not from behind --', (t) => {
  t.deepEqual(mannerOf(['aply', '--json', '--lang=zh'], {}), {
    language: 'zh',
    json: true,
    command: 'aply',
  });
  t.like(mannerOf(['lab', 'run', '--', 'x', '--json', '--lang', 'zh'], { LANG: 'C' }), {
    language: 'en',
    json: false,
  });
});
