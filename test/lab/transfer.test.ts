import { readFileSync, writeFileSync } from 'node:fs';
import type { ExecutionContext } from 'ava';
import { parse, stringify } from 'yaml';
import { sha256OfFile } from '../../source/drivers/iam/folder.ts';
import { iamCacheFolder } from '../../source/drivers/iam/index.ts';
import { packFile } from '../../source/drivers/iam/packed.ts';
import { buildName } from '../../source/drivers/iam/prepare.ts';
import { shareScript, unshareScript } from '../../source/drivers/ssh/upload-share.ts';
import { labPlaces } from '../../source/lab/index.ts';
import { revealContent, Secret } from '../../source/model/index.ts';
import {
  asOperator,
  down,
  inLab,
  inRealLab,
  type Line,
  labName,
  onNode,
  type Ran,
  startWizard,
  until,
  upFresh,
  wizard,
} from './_lab.ts';
import { APPLY, run, told } from './_main-job.ts';

/**
 * IAM's daemons on their way: compressed and once from the operator, then from node to node; a
 * transfer that is cut goes on where it was. What left the operator is counted at the interface.
 */
const LAB = labName('transfer');
const NODES = ['iam-1', 'iam-2', 'iam-3'] as const;
const FOLDER = '/opt/iam/bin';
const PUMP = `${FOLDER}/iam-pump`;
const DAEMONS = ['iam-apiserver', 'iam-authz-server', 'iam-pump'] as const;
/** TCP's and SSH's own bytes around a file's. */
const ENVELOPE = 1.1;
/** All that a run sends besides files: scripts, configurations, checks. */
const TALK = 2_000_000;

function editCluster(edit: (cluster: ReturnType<typeof parse>) => void): void {
  const file = labPlaces(LAB).cluster;
  const cluster = parse(readFileSync(file, 'utf8'));
  edit(cluster);
  writeFileSync(file, stringify(cluster));
}

/** The cluster file with these nodes only. */
function useNodes(count: number): void {
  editCluster((cluster) => {
    cluster.nodes = NODES.slice(0, count).map((name, index) => ({
      name,
      address: `10.0.4.${20 + index}`,
      ...(index === 0 ? { data: true } : {}),
    }));
  });
}

/** Bytes that have left the operator's interface. */
function sentBytes(): number {
  const { stdout } = asOperator(LAB, 'grep eth0: /proc/net/dev');
  return Number(stdout.replace('eth0:', '').trim().split(/\s+/)[8]);
}

/** What it costs to send these daemons once, compressed. */
async function packedBytes(names: readonly string[]): Promise<number> {
  const built = iamCacheFolder(process.env);
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const folder = `${built}/${buildName('v1.6.2', true, machine)}`;
  const sizes = await Promise.all(
    names.map(async (name) => {
      const path = `${folder}/${name}`;
      return (await packFile(`${built}/packed`, path, await sha256OfFile(path))).bytes;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

const progress = (events: readonly Line[], code: string) =>
  events.filter((event) => event.type === 'progress' && event.code === code);

const isHalfSent = (event: Line) =>
  event.code === 'upload-sending' && Number(event.done) > Number(event.total) / 2;

/** Pieces of files that wait for the rest of them, by node and name. */
function pieces(): ReadonlyMap<string, number> {
  return new Map(
    NODES.slice(0, 2).flatMap((node) =>
      onNode(LAB, node, `stat -c '%n %s' ${FOLDER}/*.part 2>/dev/null || true`)
        .split('\n')
        .filter(Boolean)
        .map((line) => {
          const [path = '', bytes] = line.split(' ');
          return [`${node} ${path}`, Number(bytes)] as const;
        }),
    ),
  );
}

/** Nothing hands out files, and nothing of a transfer is left. */
function verifyQuiet(t: ExecutionContext, nodes: readonly string[] = NODES): void {
  for (const node of nodes) {
    const left = `ls ${FOLDER} | grep -c part; systemctl show -p LoadState --value iam-ha-share
grep -c '10.0.4' <(ss -Hltn 'sport = :8081')`;
    t.deepEqual(
      onNode(LAB, node, `${left}; true`).trim().split('\n'),
      ['0', 'not-found', '0'],
      node,
    );
  }
}

async function verifySettled(t: ExecutionContext): Promise<void> {
  const { result } = await run(t, LAB, APPLY, 0);
  t.is(result.changed, 0);
  const trips = Object.entries(result.roundTrips as Readonly<Record<string, number>>);
  for (const [node, count] of trips) t.is(count, 3, node);
}

inLab.before('three bare machines, at the end of a slow line; two are a pair', async (t) => {
  t.timeout(300_000);
  await upFresh(LAB, { nodes: 3 });
  useNodes(2);
  asOperator(LAB, 'tc qdisc add dev eth0 root tbf rate 10mbit burst 64kb latency 200ms');
});

inLab.after.always('the lab goes', () => down(LAB));

inRealLab(
  'a wizard that is killed has sent nothing in vain, and nothing leaves twice',
  async (t) => {
    t.timeout(400_000);
    const before = sentBytes();
    const running = startWizard(LAB, APPLY);
    const last = await running.event(isHalfSent);
    running.kill('SIGKILL');
    await running.ended;
    let seen = '';
    await until('what was on its way has arrived', () => {
      const now = JSON.stringify([...pieces()]);
      const isQuiet = now === seen;
      seen = now;
      return isQuiet;
    });
    const [[name, arrived] = ['', 0]] = pieces();
    t.true(name.startsWith(String(last.node)), name);
    // what was said to be there is there
    t.true(arrived >= Number(last.done), `${arrived} of ${last.done}`);
    const again = await run(t, LAB, APPLY, 0);
    const [first] = progress(again.events, 'upload-sending');
    // whichever node comes first now: what has arrived with another one is taken from there
    t.true(Number(first?.done) >= arrived, `${first?.done} after ${arrived}`);
    const sent = sentBytes() - before;
    const packed = await packedBytes(DAEMONS);
    t.log(`${arrived} bytes had arrived; both runs sent ${sent} bytes; compressed once: ${packed}`);
    t.true(sent > packed && sent < packed * ENVELOPE + 2 * TALK, `${sent} of ${packed}`);
    const passed = progress(again.events, 'upload-from-peer');
    t.true(passed.length > 0);
    t.deepEqual(progress(again.events, 'upload-peer-failed'), []);
    verifyQuiet(t, NODES.slice(0, 2));
    await verifySettled(t);
  },
);

inRealLab('a link that breaks under a file is made again, and the file goes on', async (t) => {
  t.timeout(400_000);
  for (const node of NODES.slice(0, 2)) onNode(LAB, node, `rm ${PUMP}`);
  const before = sentBytes();
  const running = startWizard(LAB, APPLY);
  const { node } = await running.event(isHalfSent);
  const address = node === 'iam-1' ? '10.0.4.20' : '10.0.4.21';
  const rule = `nft -f - <<'X'
table inet cut { chain outgoing { type filter hook output priority 0; ip daddr ${address} drop; }
chain incoming { type filter hook input priority 0; ip saddr ${address} drop; }; }
X`;
  t.is(asOperator(LAB, rule).code, 0);
  try {
    await until(
      'the wizard has given the connection up',
      () => asOperator(LAB, `ss -Htn state established dst ${address}`).stdout.trim() === '',
      60,
    );
  } finally {
    asOperator(LAB, 'nft delete table inet cut');
  }
  const ran = await running.ended;
  t.is(ran.code, 0, told(ran));
  const sent = sentBytes() - before;
  const packed = await packedBytes(['iam-pump']);
  t.log(`sent ${sent} bytes; compressed once: ${packed}`);
  t.true(sent < packed * ENVELOPE + TALK, `${sent} of ${packed}`);
  t.is(new Set(progress(ran.events, 'upload-sending').map((one) => one.node)).size, 1);
  t.true(progress(ran.events, 'upload-from-peer').every((one) => one.node !== node));
  verifyQuiet(t, NODES.slice(0, 2));
});

inRealLab('a node that joins gets the daemons from the others', async (t) => {
  t.timeout(400_000);
  useNodes(3);
  const before = sentBytes();
  const { events } = await run(t, LAB, APPLY, 0);
  const sent = sentBytes() - before;
  t.log(`sent ${sent} bytes`);
  t.true(sent < TALK, String(sent));
  t.deepEqual(progress(events, 'upload-sending'), []);
  const got = progress(events, 'upload-from-peer').filter((one) => one.done === one.total);
  t.deepEqual([...new Set(got.map((one) => one.node))], ['iam-3']);
  t.is(got.length, DAEMONS.length);
  verifyQuiet(t);
  await verifySettled(t);
});

inRealLab('where peers cannot talk it is sent from the operator, and that is said', async (t) => {
  t.timeout(400_000);
  asOperator(LAB, 'tc qdisc del dev eth0 root');
  onNode(LAB, 'iam-3', `rm ${PUMP}`);
  // one drops, so that nothing is ever answered; the other refuses at once
  for (const [node, verdict] of [
    ['iam-1', 'drop'],
    ['iam-2', 'reject'],
  ] as const) {
    const rule = `iifname "eth0" tcp dport 8081 ${verdict}`;
    onNode(
      LAB,
      node,
      `nft 'table inet cut { chain incoming { type filter hook input priority -10; ${rule}; }; }'`,
    );
  }
  const ran = await run(t, LAB, APPLY, 0);
  for (const node of ['iam-1', 'iam-2']) onNode(LAB, node, 'nft delete table inet cut');
  const failed = progress(ran.events, 'upload-peer-failed');
  t.deepEqual(
    failed.map(({ node, text }) => [node, /from (iam-\d)/.exec(String(text))?.[1]]),
    [
      ['iam-3', 'iam-1'],
      ['iam-3', 'iam-2'],
    ],
  );
  t.true(progress(ran.events, 'upload-sending').length > 0);
  verifyQuiet(t);
});

inRealLab('a file is handed to the one node that knows the word, and not for ever', async (t) => {
  t.timeout(120_000);
  const sha256 = onNode(LAB, 'iam-1', `sha256sum <${PUMP}`).slice(0, 64);
  const passing = {
    ...({ file: { to: PUMP, sha256 }, form: 'plain', bytes: 30_000_000, port: 8081 } as const),
    ...{ giver: '10.0.4.20', taker: '10.0.4.21', word: new Secret('word', 'open-sesame') },
  };
  onNode(LAB, 'iam-1', revealContent(shareScript(passing)));
  const fetch = (word: string, from: number) =>
    `exec 3<>/dev/tcp/10.0.4.20/8081; echo '${word} ${from}' >&3; gzip -dc <&3 2>/dev/null | sha256sum | cut -c 1-64`;
  try {
    t.is(onNode(LAB, 'iam-2', fetch('open-sesame', 0)).trim(), sha256);
    const nothing = onNode(LAB, 'iam-2', ': | sha256sum').slice(0, 64);
    for (const [word, from] of [
      ['open-sesam', 0],
      ['', 0],
      ['*', 0],
    ] as const) {
      t.is(onNode(LAB, 'iam-2', fetch(word, from)).trim(), nothing, word);
    }
    const outside = 'timeout 3 bash -c ": </dev/tcp/10.0.4.20/8081"';
    t.not(asOperator(LAB, outside).code, 0);
    // whom the kernel lets through gets nothing without the word either
    t.is(onNode(LAB, 'iam-3', fetch('open', 0)).trim(), nothing);
    const limit = onNode(LAB, 'iam-1', 'systemctl show -p RuntimeMaxUSec --value iam-ha-share');
    t.is(limit.trim(), '6min');
    t.notRegex(onNode(LAB, 'iam-1', 'cat /proc/*/cmdline; systemctl show iam-ha-share'), /sesame/);
  } finally {
    onNode(LAB, 'iam-1', revealContent(unshareScript()));
  }
  t.throws(() => onNode(LAB, 'iam-2', ': </dev/tcp/10.0.4.20/8081'));
  verifyQuiet(t);
});

inRealLab(
  'pumpMend: false builds IAM’s own pump, and the check finds its empty records',
  async (t) => {
    t.timeout(600_000);
    editCluster((cluster) => {
      cluster.iam.pumpMend = false;
    });
    const planned = await wizard(LAB, ['plan', '--json']);
    t.is(planned.code, 2, told(planned));
    const pump = planned.events.filter(
      (one) => one.type === 'change' && one.resource === `file:${PUMP}`,
    );
    t.deepEqual(
      pump.map((one) => one.code),
      ['file-upload', 'file-upload', 'file-upload'],
    );
    const before = onNode(LAB, 'iam-2', `sha256sum <${PUMP}`);
    const ran: Ran = await wizard(LAB, APPLY);
    t.not(onNode(LAB, 'iam-2', `sha256sum <${PUMP}`), before, told(ran));
    const empty: string[] = [];
    await until(
      'an empty record is found',
      async () => {
        // the stage authorizes through the VIP, which makes records
        await wizard(LAB, ['check', '--json', '--stage', 'acceptance']);
        const { events, code } = await wizard(LAB, ['check', '--json', '--stage', 'services']);
        const bad = events.filter((one) => one.type === 'check' && one.verdict !== 'passed');
        empty.push(...bad.map((one) => `${one.id} ${one.code}`.replace(/iam-\d/, 'iam-N')));
        return code === 1;
      },
      120,
    );
    t.deepEqual([...new Set(empty)], ['audit-records/iam-N audit-records-empty']);
  },
);
