import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { parse, stringify } from 'yaml';
import { iamCacheFolder } from '../../source/drivers/iam/index.ts';
import { buildName } from '../../source/drivers/iam/prepare.ts';
import { labPlaces } from '../../source/lab/index.ts';
import {
  asOperator,
  differences,
  down,
  inRealLab,
  type Line,
  labName,
  manifest,
  onNode,
  upFresh,
  wizard,
} from './_lab.ts';
import { APPLY, healthz, NODES, run, told } from './_main-job.ts';

/** IAM's daemons are on every node before the wizard comes: they are used, and never touched. */
const LAB = labName('installed');
const FOLDER = '/opt/iam/bin';
const DAEMONS = ['iam-apiserver', 'iam-authz-server', 'iam-pump'] as const;

const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
const built = join(iamCacheFolder(process.env), buildName('v1.6.2', true, machine));

function useSource(source: Readonly<Record<string, unknown>>): void {
  const file = labPlaces(LAB).cluster;
  const cluster = parse(readFileSync(file, 'utf8'));
  cluster.iam.source = source;
  writeFileSync(file, stringify(cluster));
}

/** As an administrator does it, by hand. */
function install(node: string): void {
  const { identity, knownHosts } = labPlaces(LAB);
  const address = { 'iam-1': '10.0.4.20', 'iam-2': '10.0.4.21' }[node];
  onNode(LAB, node, `mkdir -p ${FOLDER}`);
  const files = DAEMONS.map((name) => join(built, name)).join(' ');
  const options = `-q -i ${identity} -o UserKnownHostsFile=${knownHosts}`;
  const { code, stderr } = asOperator(LAB, `scp ${options} ${files} root@${address}:${FOLDER}/`);
  if (code !== 0) throw new Error(stderr);
  onNode(LAB, node, `chmod 0755 ${FOLDER}/*`);
}

const theirs = (node: string) =>
  onNode(LAB, node, `stat -c '%n %s %a %U %Y' ${FOLDER} ${FOLDER}/*; sha256sum ${FOLDER}/*`);

/** Nothing is changed, and the problems are these, by node. */
async function verifyRefused(
  t: ExecutionContext,
  expected: readonly (readonly [node: string, code: string])[],
): Promise<readonly Line[]> {
  const before = NODES.map((node) => manifest(LAB, node));
  const ran = await wizard(LAB, APPLY);
  t.is(ran.code, 1, told(ran));
  const problems = ran.events.filter((event) => event.type === 'problem');
  t.deepEqual(
    problems.map(({ node, code }) => [node, code]),
    expected,
    told(ran),
  );
  NODES.forEach((node, index) => {
    t.deepEqual(differences(before[index] ?? new Map(), manifest(LAB, node)), [], node);
  });
  return problems;
}

inRealLab.before('two bare machines', async (t) => {
  t.timeout(300_000);
  await upFresh(LAB);
  useSource({ installed: true });
});

inRealLab.after.always('the lab goes', () => down(LAB));

inRealLab('daemons that are not there, or not the same, are named with their node', async (t) => {
  t.timeout(200_000);
  await verifyRefused(t, [
    ['iam-1', 'iam-not-installed'],
    ['iam-2', 'iam-not-installed'],
  ]);
  install('iam-1');
  await verifyRefused(t, [['iam-2', 'iam-not-installed']]);
  install('iam-2');
  onNode(LAB, 'iam-2', `cp ${FOLDER}/iam-pump /root/pump && echo more >>${FOLDER}/iam-pump`);
  const [problem] = await verifyRefused(t, [['iam-2', 'iam-installed-differs']]);
  t.regex(String(problem?.title), /iam-pump than iam-1/);
  onNode(LAB, 'iam-2', `chmod 0700 ${FOLDER}/iam-pump`);
  await verifyRefused(t, [['iam-2', 'iam-installed-mode']]);
  // the byte of the ELF header that says for which machine it is: 183 is aarch64
  const other = machine === 'x86_64' ? '\\267' : '\\076';
  onNode(
    LAB,
    'iam-2',
    `chmod 0755 ${FOLDER}/iam-pump; printf '${other}' | dd of=${FOLDER}/iam-pump bs=1 seek=18 conv=notrunc status=none`,
  );
  await verifyRefused(t, [['iam-2', 'iam-binary-architecture']]);
  onNode(LAB, 'iam-2', `install -m 0755 /root/pump ${FOLDER}/iam-pump`);
});

inRealLab('without iam.sql, and without the tables, nothing is begun', async (t) => {
  t.timeout(100_000);
  await verifyRefused(t, [['iam-1', 'schema-not-given']]);
});

inRealLab('with iam.sql beside the cluster file they become a pair; nothing is sent', async (t) => {
  t.timeout(300_000);
  const before = NODES.map(theirs);
  const schema = join(dirname(labPlaces(LAB).cluster), 'iam.sql');
  writeFileSync(schema, readFileSync(join(built, 'iam.sql')));
  useSource({ installed: true, schema: './iam.sql' });
  const { events, result } = await run(t, LAB, APPLY, 0);
  t.false(events.some(({ code }) => /^(file-)?upload/.test(String(code))));
  t.true(Number(result.changed) > 0);
  t.regex(healthz(LAB, 'iam.api.marmotedu.com'), / 200$/);
  t.deepEqual(NODES.map(theirs), before);
  // with the tables there the file is needed no more
  useSource({ installed: true });
  const again = await run(t, LAB, APPLY, 0);
  t.is(again.result.changed, 0, told(again));
  const trips = Object.entries(again.result.roundTrips as Readonly<Record<string, number>>);
  for (const [node, count] of trips) t.is(count, 3, node);
});

inRealLab('one that goes missing is what the check names', async (t) => {
  t.timeout(100_000);
  onNode(LAB, 'iam-2', `mv ${FOLDER}/iam-authz-server /root/`);
  const { events } = await run(t, LAB, ['check', '--json'], 1);
  const failed = events.filter((one) => one.type === 'check' && one.verdict === 'failed');
  t.true(failed.length > 0);
  t.deepEqual(
    [...new Set(failed.map(({ node, code }) => `${node} ${code}`))],
    ['iam-2 iam-not-installed'],
  );
  onNode(LAB, 'iam-2', `mv /root/iam-authz-server ${FOLDER}/`);
});

inRealLab('an undo leaves them as they were', async (t) => {
  t.timeout(200_000);
  const before = NODES.map(theirs);
  await run(t, LAB, ['undo', '--yes', '--json'], 0);
  t.deepEqual(NODES.map(theirs), before);
});
