import test from 'ava';
import type { NodeFacts, NodeName, ProgramFacts } from '../../source/model/index.ts';
import { revealContent } from '../../source/model/index.ts';
import { database } from '../../source/stages/database.ts';
import { databasePlaces } from '../../source/stages/database-places.ts';
import { factsWanted } from '../../source/stages/index.ts';
import { daemonFiles } from '../../source/stages/services/files.ts';
import { INSTALLED_FILES, installedIam } from '../../source/stages/services/installed.ts';
import { services } from '../../source/stages/services.ts';
import type { StageInput } from '../../source/stages/stage-input.ts';
import { dataTierInput } from './helpers/data-tier.ts';

const CLUSTER = `version: 1
name: iam-test
nodes:
  - { name: iam-1, address: 10.0.4.20, data: true }
  - { name: iam-2, address: 10.0.4.21 }
  - { name: iam-3, address: 10.0.4.22, roles: [backend] }
domains: { api: iam.api.example.com, authz: iam.authz.example.com }
iam: { source: { installed: true } }
databases: { mariadb: install, redis: install, mongodb: none }
vip: { address: 10.0.4.99, vrid: 51, profile: balanced }
firewall: none
cloud: { provider: none }
`;

const NAMES = ['iam-apiserver', 'iam-authz-server', 'iam-pump'];

const program = (name: string, more: Partial<ProgramFacts> = {}): ProgramFacts => ({
  path: `/opt/iam/bin/${name}`,
  mode: '0755',
  sha256: 'b'.repeat(64),
  kind: { kind: 'linux', architecture: 'x86_64' },
  version: 'v1.6.2',
  ...more,
});

type Change = (programs: readonly ProgramFacts[]) => readonly ProgramFacts[];

/** Three nodes that have the same daemons, but for what `change` does to one of them. */
function installed(change: Readonly<Record<string, Change>> = {}): StageInput {
  const input = dataTierInput({ cluster: CLUSTER });
  const facts = new Map<NodeName, NodeFacts>(
    [...input.facts].map(([node, one]) => {
      const programs = (change[node] ?? ((all) => all))(NAMES.map((name) => program(name)));
      return [node, { ...one, architecture: 'x86_64', programs }];
    }),
  );
  return { ...input, facts, iam: { ...installedIam(input.cluster, facts), schema: null } };
}

const one =
  (name: string, more: Partial<ProgramFacts>): Change =>
  (all) =>
    all.map((old) => (old.path.endsWith(name) ? { ...old, ...more } : old));

const without =
  (name: string): Change =>
  (all) =>
    all.filter(({ path }) => !path.endsWith(name));

test('daemons that are the same everywhere are no problem, and nothing of them is ours', (t) => {
  const input = installed();
  const plan = services(input);
  t.deepEqual(plan.problems, []);
  t.is(input.iam.version, 'v1.6.2');
  const planned = plan.resources
    .filter(({ id }) => id.startsWith('file:/opt/iam/bin/'))
    .map((resource) =>
      resource.plan({
        kind: 'exited',
        exitCode: 0,
        stderr: '',
        stdout: `file ${'b'.repeat(64)}  -\n`,
      }),
    );
  t.is(planned.length, 9);
  t.true(planned.every(({ kind }) => kind === 'settled'));
  t.false(plan.resources.some(({ id }) => id === 'directory:/opt/iam/bin'));
});

test('only then are the nodes asked for them', (t) => {
  t.true(factsWanted(installed().cluster).every((wanted) => wanted.programs === INSTALLED_FILES));
  t.true(factsWanted(dataTierInput().cluster).every((wanted) => wanted.programs === undefined));
});

const ELSE = 'c'.repeat(64);

const ROWS: Readonly<
  Record<string, readonly [Readonly<Record<string, Change>>, readonly string[]]>
> = {
  'missing on one': [{ 'iam-2': without('pump') }, ['iam-2 iam-not-installed iam-pump']],
  'missing on all': [
    { 'iam-1': () => [], 'iam-2': () => [], 'iam-3': () => [] },
    NAMES.slice(0, 1).flatMap((name) =>
      ['iam-1', 'iam-2', 'iam-3'].map((node) => `${node} iam-not-installed ${name}`),
    ),
  ],
  'of another build on one': [
    { 'iam-2': one('authz-server', { sha256: ELSE }) },
    ['iam-2 iam-installed-differs iam-authz-server'],
  ],
  'of another release on one': [
    { 'iam-3': one('apiserver', { sha256: ELSE, version: 'v1.6.3' }) },
    ['iam-3 iam-installed-version iam-apiserver'],
  ],
  'for another machine': [
    { 'iam-1': one('pump', { kind: { kind: 'linux', architecture: 'aarch64' } }) },
    ['iam-1 iam-binary-architecture iam-pump'],
  ],
  'no program at all': [
    { 'iam-1': one('pump', { kind: { kind: 'unknown' } }) },
    ['iam-1 iam-installed-unusable /opt/iam/bin/iam-pump'],
  ],
  'for root only': [
    { 'iam-2': one('pump', { mode: '0750' }) },
    ['iam-2 iam-installed-mode /opt/iam/bin/iam-pump'],
  ],
};

for (const [name, [change, expected]] of Object.entries(ROWS)) {
  test(`an installed daemon that is ${name}: the node is named`, (t) => {
    const { problems } = services(installed(change));
    t.deepEqual(
      problems.map(({ node, code, params }) => `${node} ${code} ${params?.daemon ?? params?.file}`),
      expected,
    );
    t.true(problems.every(({ field }) => field === 'iam.source'));
  });
}

test('a build that names no release is taken as it is, when it is the same everywhere', (t) => {
  const nameless: Change = (all) => all.map((old) => ({ ...old, version: null }));
  const input = installed({ 'iam-1': nameless, 'iam-2': nameless, 'iam-3': nameless });
  t.deepEqual(services(input).problems, []);
  t.is(input.iam.version, undefined);
});

test('one that is exchanged between two looks is refused, not loaded half', (t) => {
  const resource = services(installed()).resources.find(({ id }) => id.endsWith('iam-pump'));
  const look = (stdout: string) =>
    resource?.plan({ kind: 'exited', exitCode: 0, stderr: '', stdout });
  t.like(look(`file ${ELSE}  -\n`), { problem: { code: 'iam-installed-changed', node: 'iam-1' } });
  t.like(look(''), { problem: { code: 'iam-not-installed', node: 'iam-1' } });
});

test('without an iam.sql the tables must be there: nothing is planned in their place', (t) => {
  const plan = database(installed());
  const schema = plan.resources.find(({ id }) => id === 'schema:iam');
  const look = (stdout: string) =>
    schema?.plan({ kind: 'exited', exitCode: 0, stderr: '', stdout });
  t.is(look('table policy\ntable user\ntable secret\ntable policy_audit\n')?.kind, 'settled');
  for (const said of ['', 'server absent\n', 'server down\n', 'table user\n']) {
    t.like(look(said), { kind: 'refused', problem: { code: 'schema-not-given' } }, said);
  }
});

test('their unit lets a loader run: what others have built may need one', (t) => {
  const input = installed();
  const data = databasePlaces(input);
  if (!data) return t.fail();
  const text = daemonFiles(input, data, 'iam-pump').map(({ content }) => revealContent(content));
  t.notRegex(text.join(''), /NoExecPaths/);
});
