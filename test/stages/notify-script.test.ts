import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { revealContent } from '../../source/model/index.ts';
import { plannable } from '../../source/stages/frontend.ts';
import { hostFiles } from '../../source/stages/keepalived-files.ts';
import { stageInput } from './_proxy-input.ts';

interface Node {
  /** Where the VIP is. */
  readonly nic?: boolean;
  readonly lo?: boolean;
  /** What the witness says; it is silent with the lecture's profile. */
  readonly nginx?: '0' | '1';
  readonly moving?: boolean;
}

/** What the script does to the node's addresses when keepalived says `word`. */
function done(t: ExecutionContext, word: string, node: Node): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-notify-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const input = stageInput();
  const file = hostFiles(input, plannable(input)[0]!).find(({ path }) => /_notify\.sh$/.test(path));
  const script = revealContent(file!.content)
    .replaceAll('/var/log/keepalived.log', `${folder}/log`)
    .replaceAll('/run/iam-ha/nginx', `${folder}/nginx`)
    .replaceAll('/run/iam-ha-move', `${folder}/move`);
  if (node.nginx) writeFileSync(`${folder}/nginx`, `${node.nginx}\n`);
  if (node.moving) writeFileSync(`${folder}/move`, '');
  const line = (where: boolean | undefined, nic: string) =>
    where ? `echo '2: ${nic}    inet 10.0.4.99/32 scope global ${nic}'` : ':';
  const ip = `ip() {
  case "$*" in
    *"show dev eth0") ${line(node.nic, 'eth0')} ;;
    *"show dev lo") ${line(node.lo, 'lo')} ;;
    *) echo "$*" >>${folder}/done ;;
  esac
}
: >${folder}/done
`;
  const body = script.replace(/^.*\n/, '');
  const { stderr } = spawnSync('bash', ['-c', `${ip}${body}`, 'notify', word], {
    encoding: 'utf8',
  });
  t.is(stderr, '');
  t.is(
    readFileSync(`${folder}/log`, 'utf8').match(/notify_\w+/)?.[0],
    `notify_${word.toLowerCase()}`,
  );
  return readFileSync(`${folder}/done`, 'utf8').split('\n').filter(Boolean);
}

const KEEP = 'addr replace 10.0.4.99/32 dev lo';
const BRIEFLY = 'addr change 10.0.4.99/32 dev lo valid_lft 2 preferred_lft 2';
const DROP = 'addr del 10.0.4.99/32 dev lo';

for (const [what, word, node, expected] of [
  ['who has it has it on lo', 'MASTER', { nic: true }, [KEEP]],
  ['told late, when it has let go again', 'MASTER', { lo: true }, [BRIEFLY]],
  ['told late, and never had it on lo', 'MASTER', {}, []],
  ['who lets go has it a moment longer', 'BACKUP', { lo: true }, [BRIEFLY]],
  ['a start as a backup puts nothing there', 'BACKUP', {}, []],
  ['a stop', 'STOP', { lo: true }, [BRIEFLY]],
  ['a move keeps it for as long as it needs', 'STOP', { lo: true, moving: true }, []],
  ['nginx stops in good order', 'FAULT', { lo: true, nginx: '1' }, [BRIEFLY]],
  ['nginx hangs', 'FAULT', { lo: true, nginx: '0' }, [DROP]],
  ['nginx is gone, and there is no witness', 'FAULT', { lo: true }, [DROP]],
] as const) {
  test(`${word}: ${what}`, (t) => {
    t.deepEqual(done(t, word, node), expected);
  });
}

test('a word that keepalived does not say is refused', (t) => {
  const input = stageInput();
  const file = hostFiles(input, plannable(input)[0]!).find(({ path }) => /_notify\.sh$/.test(path));
  const { status } = spawnSync('bash', ['-c', revealContent(file!.content), 'notify', 'DELETED']);
  t.is(status, 1);
});
