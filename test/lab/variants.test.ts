import type { ExecutionContext } from 'ava';
import type { LabOptions } from '../../source/lab/index.ts';
import { asOperator, down, inLab, type Line, labName, onNode, upFresh, wizard } from './_lab.ts';

/**
 * What the demo's lab does not show: more nodes, another network and other names, a user who is not
 * root, another release. Each from bare machines: applied, checked, one drill, and nothing left to do.
 */
const LAB = labName('variants');

interface Variant {
  readonly options: Omit<LabOptions, 'name'>;
  readonly nodes: number;
  readonly vip: string;
  readonly domains: readonly [api: string, authz: string];
  readonly drill: string;
  readonly more?: (t: ExecutionContext) => void;
}

const USUAL = {
  nodes: 2,
  vip: '10.0.4.99',
  domains: ['iam.api.marmotedu.com', 'iam.authz.marmotedu.com'],
} as const;

const PASSWORD = "it's a $(password)";

const VARIANTS: Readonly<Record<string, Variant>> = {
  'three nodes': {
    ...USUAL,
    options: { nodes: 3 },
    nodes: 3,
    drill: 'nginx-stopped',
    more: (t) => {
      const priorities = ['iam-1', 'iam-2', 'iam-3'].map((node) =>
        onNode(LAB, node, "sed -n 's/^ *priority //p' /etc/keepalived/keepalived.conf").trim(),
      );
      t.deepEqual(priorities, ['254', '244', '234']);
    },
  },
  'another subnet, other domains, another VIP': {
    options: {
      subnet: '172.31.7.0/24',
      vip: '172.31.7.200',
      apiDomain: 'api.example.org',
      authzDomain: 'authz.example.org',
    },
    nodes: 2,
    vip: '172.31.7.200',
    domains: ['api.example.org', 'authz.example.org'],
    drill: 'keepalived-stopped',
    more: (t) => {
      const ours =
        '/etc/nginx /etc/keepalived /etc/iam /etc/hosts /etc/mysql /etc/redis /etc/sysctl.d';
      const usual = `grep -rlE '10[.]0[.]4[.]|marmotedu' ${ours} || true`;
      for (const node of ['iam-1', 'iam-2']) t.is(onNode(LAB, node, usual), '', node);
    },
  },
  'a user who is not root, with a sudo password': {
    ...USUAL,
    options: { user: 'ops', sudoPassword: 'env:SUDO_PW' },
    drill: 'nginx-stopped',
    more: (t) => {
      const seen = asOperator(LAB, 'ssh -o BatchMode=yes root@10.0.4.20 true');
      t.not(seen.code, 0, 'root cannot log in here');
    },
  },
  'Debian trixie': {
    ...USUAL,
    options: { image: 'trixie' },
    drill: 'keepalived-stopped',
    more: (t) => t.regex(onNode(LAB, 'iam-1', 'cat /etc/os-release'), /trixie/),
  },
};

const bad = (events: readonly Line[]) =>
  events.filter(({ type, verdict }) => type === 'check' && verdict !== 'passed');

async function verifyApplied(t: ExecutionContext, { nodes, vip }: Variant): Promise<void> {
  const first = await wizard(LAB, ['apply', '--yes', '--json']);
  t.is(first.code, 0, `${first.stdout.slice(-4000)}\n${first.stderr}`);
  t.like(first.result, { ok: true, addresses: { vip } });
  t.is(Object.keys(first.result.roundTrips as object).length, nodes);
  const second = await wizard(LAB, ['apply', '--yes', '--json']);
  t.like(second.result, { ok: true, changed: 0 });
  for (const count of Object.values(second.result.roundTrips as object)) t.true(count <= 3);
}

/** What a client gets, and not only what our own checks say. */
function verifyAnswers(t: ExecutionContext, { vip, domains }: Variant): void {
  for (const domain of domains) {
    const { stdout } = asOperator(LAB, `curl -sS -m 5 -H 'Host: ${domain}' http://${vip}/healthz`);
    t.deepEqual(JSON.parse(stdout), { status: 'ok' }, domain);
  }
}

async function verifyDrill(t: ExecutionContext, { drill }: Variant): Promise<void> {
  const { code, events, stdout } = await wizard(LAB, ['drill', drill, '--yes', '--json']);
  t.is(code, 0, stdout.slice(-4000));
  t.like(
    events.find((event) => event.type === 'drill'),
    {
      id: drill,
      outcome: 'passed',
      holderBefore: 'iam-1',
      holderAfter: 'iam-2',
      restored: true,
    },
  );
}

inLab.before(() => {
  process.env.SUDO_PW = PASSWORD;
});

for (const [name, variant] of Object.entries(VARIANTS)) {
  inLab(`a pair comes to be, is checked and survives a fault: ${name}`, async (t) => {
    t.timeout(900_000);
    await upFresh(LAB, variant.options);
    await verifyApplied(t, variant);
    verifyAnswers(t, variant);
    variant.more?.(t);
    await verifyDrill(t, variant);
    const { code, events } = await wizard(LAB, ['check', '--json']);
    t.deepEqual(bad(events), []);
    t.is(code, 0);
  });
}

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
