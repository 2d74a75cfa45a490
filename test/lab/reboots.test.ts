import type { ExecutionContext } from 'ava';
import { bootOverSsh, down, inLab, labName, onNode, until, upFresh, wizard } from './_lab.ts';

/** A pair that was set up once comes back whole from every reboot, with nobody there to help. */
const LAB = labName('reboots');
const ADDRESSES = { 'iam-1': '10.0.4.20', 'iam-2': '10.0.4.21' } as const;
type Node = keyof typeof ADDRESSES;

const bootOf = (node: Node) => bootOverSsh(LAB, ADDRESSES[node]);

function rebootThem(nodes: readonly Node[]): () => boolean {
  const before = new Map(nodes.map((node) => [node, bootOf(node)]));
  for (const node of nodes) onNode(LAB, node, 'systemctl --no-block reboot');
  const isBack = (node: Node) => {
    const now = bootOf(node);
    return now !== undefined && now !== before.get(node);
  };
  return () => nodes.every(isBack);
}

/** `check` changes nothing: the pair mends itself, or not at all. */
async function verifyMended(t: ExecutionContext): Promise<void> {
  const backAt = Date.now();
  let said = '';
  const passes = async () => {
    const { code, events, result } = await wizard(LAB, ['check', '--json']);
    const bad = events.filter((event) => event.type === 'check' && event.verdict !== 'passed');
    said = JSON.stringify([result, ...bad]);
    return code === 0 && result.ok === true;
  };
  const isWhole = await until('check passes', passes, 120).then(
    () => true,
    () => false,
  );
  t.true(isWhole, said);
  t.log(`whole ${Math.round((Date.now() - backAt) / 1000)} s after SSH was back`);
}

inLab.before('a pair', async (t) => {
  t.timeout(600_000);
  await upFresh(LAB);
  const { code, stdout } = await wizard(LAB, ['apply', '--yes', '--json']);
  t.is(code, 0, stdout);
});

for (const nodes of [['iam-1'], ['iam-2'], ['iam-1', 'iam-2']] as const) {
  inLab(`the pair is whole by itself after a reboot of ${nodes.join(' and ')}`, async (t) => {
    t.timeout(400_000);
    const areBack = rebootThem(nodes);
    await until('SSH is back', areBack, 120);
    await verifyMended(t);
  });
}

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
