import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ava from 'ava';
import { encodeRecords } from '../../../source/model/journal/chain.ts';
import { JOURNAL_VERSION } from '../../../source/model/journal/records.ts';
import { hasTmux, openTerminal, type TestTerminal } from '../../lab/_tmux.ts';

/** What is wrong on this computer, in the guide as well as by command: a sentence each, and nothing lost. */
const LAUNCHER = fileURLToPath(new URL('../../../bin/iam-ha-wizard.js', import.meta.url));
const STAND_IN = fileURLToPath(new URL('../../../assets/stand-in', import.meta.url));
const test = hasTmux() ? ava : ava.skip;
const root = mkdtempSync(join(tmpdir(), 'iam-ha-guide-bad-'));
ava.after.always(() => rmSync(root, { recursive: true, force: true }));

const CLUSTER = `version: 1
name: bad
ssh: { user: root }
nodes: # nobody listens there
  - { name: iam-1, address: 192.0.2.20, data: true, ssh: { host: 127.0.0.1, port: 1 } }
  - { name: iam-2, address: 192.0.2.21, ssh: { host: 127.0.0.2, port: 1 } }
domains: { api: iam.api.marmotedu.com, authz: iam.authz.marmotedu.com }
iam: { source: { directory: ${STAND_IN} } }
vip: { address: 192.0.2.99, vrid: 51 }
cloud: { provider: none }
`;

interface Place {
  readonly folder: string;
  readonly state: string;
  readonly journal: string;
}

/** A folder with a cluster file, and a state folder in which its session has that journal. */
function place(name: string, journal?: string): Place {
  const folder = join(root, name);
  const state = join(folder, 'state');
  const session = join(state, 'iam-ha-wizard', 'bad');
  mkdirSync(journal === undefined ? folder : session, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'cluster.yaml'), CLUSTER);
  if (journal !== undefined) writeFileSync(join(session, 'journal.jsonl'), journal);
  return { folder, state, journal: join(session, 'journal.jsonl') };
}

function start({ folder, state }: Place, args: readonly string[], env = {}): TestTerminal {
  const argv = [process.execPath, LAUNCHER, ...args];
  const around = { CI: undefined, NO_COLOR: undefined, LC_ALL: undefined, LANG: 'C.UTF-8' };
  return openTerminal(argv, { cwd: folder, env: { ...around, XDG_STATE_HOME: state, ...env } });
}

/** The same by command. */
function planned({ folder, state }: Place) {
  const env = { ...process.env, LANG: 'C.UTF-8', XDG_STATE_HOME: state };
  const argv = [LAUNCHER, 'plan', '--lang', 'en'];
  return spawnSync(process.execPath, argv, { cwd: folder, env, encoding: 'utf8' });
}

const started = (version: number) =>
  encodeRecords(
    undefined,
    [{ type: 'run-started', command: 'apply', version } as never],
    '2026-11-22T08:00:00.000Z',
  ).text;

const JOURNALS = {
  'session-newer': { text: started(JOURNAL_VERSION + 1), says: /newer version of this program/ },
  'journal-damaged': { text: started(1).replace('apply', 'undo'), says: /journal/i },
} as const;

for (const [code, { text, says }] of Object.entries(JOURNALS)) {
  test(`${code}: listed, told in the guide and by command, and not touched`, async (t) => {
    const at = place(code, text);
    const terminal = start(at, ['--lang', 'en']);
    t.teardown(() => terminal.close());
    await terminal.until(/bad .*cannot be read/);
    terminal.keys('Enter');
    await terminal.until(new RegExp(code));
    t.regex(terminal.text(), says);
    t.regex(terminal.text(), /h home/);
    terminal.keys('q');
    t.is(await terminal.ended(), 0);
    t.like(planned(at), { status: 1 });
    t.regex(planned(at).stdout, new RegExp(code));
    t.is(readFileSync(at.journal, 'utf8'), text);
  });
}

test('a state folder that cannot be written: said, in the guide and by command', async (t) => {
  const at = place('unwritable');
  // also for root: a file stands where the folder would be
  writeFileSync(at.state, '');
  const terminal = start(at, ['guide', '--lang', 'en']);
  t.teardown(() => terminal.close());
  await terminal.until(/state-not-written/);
  t.regex(terminal.text(), /ENOTDIR/);
  terminal.keys('h');
  await terminal.until(/cannot be read \(ENOTDIR\)/);
  t.regex(terminal.text(), /none is lost/);
  terminal.keys('q');
  t.is(await terminal.ended(), 0);
  t.like(planned(at), { status: 1 });
  t.regex(planned(at).stdout, /state-not-written/);
});

test('a locale without UTF-8: English, and l says why it stays so', async (t) => {
  const at = place('latin');
  const terminal = start(at, ['--lang', 'en'], { LANG: 'C' });
  t.teardown(() => terminal.close());
  await terminal.until(/> Start/);
  t.regex(terminal.text(), /l Chinese/);
  t.regex(terminal.text(), /^[\x20-\x7e\n]*$/);
  terminal.keys('l');
  await terminal.until(/not UTF-8 and cannot show Chinese: export LC_ALL=C\.UTF-8/);
  t.regex(terminal.text(), /^[\x20-\x7e\n]*$/);
  // the next key is the next thing
  terminal.keys('?');
  await terminal.until(/Help/);
  t.notRegex(terminal.text(), /not UTF-8/);
  terminal.keys('q');
  t.is(await terminal.ended(), 0);
});

test('an editor has the terminal, and the screen comes back; one that fails is told', async (t) => {
  const at = place('edit', JOURNALS['journal-damaged'].text);
  const editor = join(at.folder, 'editor');
  writeFileSync(
    editor,
    `#!/bin/sh\nread -p 'name? ' name\nsed -i "s/^name: .*/name: $name/" "$1"\n`,
    {
      mode: 0o755,
    },
  );
  const terminal = start(at, ['guide', '--lang', 'en'], { EDITOR: editor, VISUAL: undefined });
  t.teardown(() => terminal.close());
  await terminal.until(/journal-damaged/);
  terminal.keys('e');
  await terminal.until(/^name\? *$/m);
  t.notRegex(terminal.text(), /journal-damaged/);
  // letters and Enter are the editor's
  terminal.type('better');
  terminal.keys('Enter');
  // opened anew with what was written: another session, whose nodes do not answer
  await terminal.until(/host-unreachable-refused/, 90);
  t.regex(readFileSync(join(at.folder, 'cluster.yaml'), 'utf8'), /^name: better$/m);
  t.notRegex(terminal.text(), /journal-damaged/);
  writeFileSync(editor, '#!/bin/sh\nexit 3\n');
  terminal.keys('e');
  await terminal.until(/ended with 3\s+editor-failed/);
  terminal.keys('h');
  await terminal.until(/⏎ open/);
  terminal.keys('q');
  t.is(await terminal.ended(), 0);
});
