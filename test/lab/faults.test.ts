import type { ExecutionContext } from 'ava';
import { forgetPumpLock } from './_data.ts';
import { down, inLab, type Line, labName, onNode, until, wizard } from './_lab.ts';
import { pairUp, verifyWhole } from './_pair.ts';

/**
 * What `check` says of a pair that somebody broke: one fault, one failed check, and it names the
 * node to be mended and what is wrong there.
 */
const LAB = labName('faults');
const NODES = ['iam-1', 'iam-2'] as const;
type Node = (typeof NODES)[number];

interface Fault {
  readonly break: () => void;
  readonly node: Node;
  readonly code: string;
  /** What the failed check must be about, beside the code. */
  readonly id?: RegExp;
  readonly file?: string;
  /** How long the operator may have to wait for the diagnosis. */
  readonly seconds?: number;
  readonly repair: () => void | Promise<void>;
}

const on = (node: Node, script: string) => onNode(LAB, node, script).trim();

function holds(node: Node): boolean {
  return on(node, 'ip -4 -o addr show dev eth0 | grep -cF " 10.0.4.99/" || true') !== '0';
}

/** The node that has the VIP, and the other one. */
function roles(): { readonly holder: Node; readonly other: Node } {
  return holds('iam-1') ? { holder: 'iam-1', other: 'iam-2' } : { holder: 'iam-2', other: 'iam-1' };
}

/** Waits on the node until the notify log's last line is this one. */
function awaitState(node: Node, state: string): void {
  on(
    node,
    `for i in $(seq 300); do tail -n 1 /var/log/keepalived.log | grep -q "notify_${state}$" && exit 0; sleep 0.1; done; exit 1`,
  );
}

const VIP = 'ip addr add 10.0.4.99/32 dev eth0';

function nginxStopped(node: Node): Fault {
  return {
    node,
    code: 'nginx-not-running',
    id: new RegExp(`^applied/${node}/unit:nginx$`),
    break: () => {
      on(node, 'systemctl stop nginx');
      awaitState(node, 'fault');
    },
    repair: () => {
      on(node, 'systemctl start nginx');
      awaitState(node, 'backup');
    },
  };
}

/** What changed while the API server was away, its authorization server reads a second after it is back. */
const POLICIES_READ_AGAIN = `for i in $(seq 300); do
  tail -c 131072 /var/log/iam/iam-authz-server.log 2>/dev/null |
    grep -aE 'faild to refresh|reload: cycle completed' | tail -n 2 | grep -q faild || exit 0
  sleep 0.1
done; exit 1`;

function backendStopped(node: Node, unit: string): Fault {
  return {
    node,
    code: 'backend-down',
    id: new RegExp(`^applied/${node}/unit:${unit}$`),
    break: () => void on(node, `systemctl stop ${unit}`),
    repair: () => {
      const port = { 'iam-apiserver': 8080, 'iam-authz-server': 9090 }[unit] ?? 7070;
      on(
        node,
        `systemctl start ${unit}
for i in $(seq 300); do (: </dev/tcp/127.0.0.1/${port}) 2>/dev/null && exit 0; sleep 0.1; done; exit 1`,
      );
      if (unit === 'iam-apiserver') on(node, POLICIES_READ_AGAIN);
    },
  };
}

function grantLost(sql: string): Fault {
  return {
    node: 'iam-1',
    code: 'database-host-denied',
    id: /^database-login\/iam-2$/,
    break: () => void on('iam-1', `mariadb <<'SQL'\n${sql}\nFLUSH PRIVILEGES;\nSQL`),
    repair: async () => {
      const { code, stdout } = await wizard(LAB, ['apply', '--yes', '--json']);
      if (code !== 0) throw new Error(stdout);
    },
  };
}

/** The process is there, its port is open, and nothing comes back. */
function frozen(unit: string, code: string, id: RegExp): Fault {
  const signal = (name: string) =>
    void on('iam-1', `kill -${name} $(systemctl show -p MainPID --value ${unit})`);
  return {
    node: 'iam-1',
    code,
    id,
    seconds: 20,
    break: () => signal('STOP'),
    repair: async () => {
      signal('CONT');
      // What a pump held while it waited, it could not give back: as the check says.
      forgetPumpLock(LAB);
      // The daemons say for some seconds what they missed.
      await until('all is well again', async () => (await checks()).every(isGood), 90);
    },
  };
}

const FAULTS: Readonly<Record<string, () => Fault>> = {
  'nginx stopped on the node that has the VIP': () => nginxStopped(roles().holder),
  'nginx stopped on the other node': () => nginxStopped(roles().other),
  'the VIP added by hand on both nodes': () => {
    const { holder, other } = roles();
    return {
      node: other,
      code: 'vip-on-several-nodes',
      id: /^vip-holder$/,
      break: () => {
        on(holder, `${VIP} 2>/dev/null || true`);
        on(other, VIP);
      },
      repair: () => void on(other, 'ip addr del 10.0.4.99/32 dev eth0'),
    };
  },
  'a line changed in keepalived.conf': () => ({
    node: 'iam-2',
    code: 'managed-file-changed',
    file: '/etc/keepalived/keepalived.conf',
    break: () =>
      void on(
        'iam-2',
        `cd /etc/keepalived && cp -p keepalived.conf /root/kept && sed -i 's/^    advert_int .*/    advert_int 3/' keepalived.conf
! cmp -s keepalived.conf /root/kept`,
      ),
    repair: () => void on('iam-2', 'mv /root/kept /etc/keepalived/keepalived.conf'),
  }),
  'iam-apiserver stopped': () => backendStopped('iam-1', 'iam-apiserver'),
  'iam-authz-server stopped': () => backendStopped('iam-2', 'iam-authz-server'),
  'iam-pump stopped': () => backendStopped('iam-1', 'iam-pump'),
  'the account of a node dropped': () => grantLost("DROP USER 'iam'@'10.0.4.21';"),
  'the rights of a node revoked': () =>
    grantLost("REVOKE ALL PRIVILEGES ON `iam`.* FROM 'iam'@'10.0.4.21';"),
  'MariaDB frozen': () => frozen('mariadb', 'database-silent', /^database-server\/mariadb$/),
  'Redis frozen': () => frozen('redis-server', 'redis-silent', /^database-server\/redis$/),
  'keepalived not enabled at boot': () => ({
    node: 'iam-2',
    code: 'unit-not-enabled',
    id: /^applied\/iam-2\/unit:keepalived$/,
    break: () => void on('iam-2', 'systemctl --quiet disable keepalived'),
    repair: () => void on('iam-2', 'systemctl --quiet enable keepalived'),
  }),
};

const isGood = ({ verdict }: Line) => verdict === 'passed';
const isBad = ({ verdict }: Line) => verdict === 'failed' || verdict === 'unknown';

async function checks(): Promise<readonly Line[]> {
  const { events } = await wizard(LAB, ['check', '--json']);
  return events.filter((event) => event.type === 'check');
}

/** Exactly one failed check, with node and code; whatever else is not passed is so because of it. */
function verifyNamedOnce(t: ExecutionContext, all: readonly Line[], fault: Fault): void {
  const bad = all.filter(isBad);
  const [cause, ...others] = bad.filter((one) => one.verdict === 'failed');
  t.deepEqual(others, []);
  t.is(cause?.code, fault.code);
  t.is(cause?.node, fault.node);
  if (fault.id) t.regex(String(cause?.id), fault.id);
  const problem = cause?.problem as Line | undefined;
  t.is(problem?.node, fault.node);
  if (fault.file) t.is(problem?.file, fault.file);
  for (const one of bad.filter(({ verdict }) => verdict === 'unknown'))
    t.is(one.because, cause?.id, String(one.id));
}

inLab.before('a pair, and nothing wrong with it', async (t) => {
  await pairUp(t, LAB);
  await verifyWhole(t, LAB);
});

for (const [name, fault] of Object.entries(FAULTS)) {
  inLab(`one check fails, and names the cause: ${name}`, async (t) => {
    t.timeout(180_000);
    const one = fault();
    one.break();
    const started = performance.now();
    try {
      verifyNamedOnce(t, await checks(), one);
      const took = (performance.now() - started) / 1000;
      t.true(took < (one.seconds ?? 60), `${took} s`);
    } finally {
      await one.repair();
    }
    await verifyWhole(t, LAB);
  });
}

inLab('an apply over a frozen MariaDB is refused, and nothing is changed', async (t) => {
  t.timeout(300_000);
  const fault = frozen('mariadb', 'database-silent', /./);
  fault.break();
  try {
    const { code, events } = await wizard(LAB, ['apply', '--yes', '--json']);
    t.is(code, 1);
    const problems = events.filter(({ type }) => type === 'problem').map((one) => one.code);
    t.deepEqual([...new Set(problems)], ['database-silent']);
    t.deepEqual(
      events.filter(({ type, state }) => type === 'change' && state !== 'planned'),
      [],
    );
  } finally {
    await fault.repair();
  }
  await verifyWhole(t, LAB);
});

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
