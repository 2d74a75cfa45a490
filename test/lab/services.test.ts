import type { ExecutionContext } from 'ava';
import { adminToken, ask, clientToken, useRealDaemons } from './_daemons.ts';
import {
  down,
  inRealLab,
  type Line,
  labName,
  onNode,
  type Ran,
  until,
  upFresh,
  wizard,
} from './_lab.ts';
import {
  type Daemon,
  type Fault,
  NODES,
  type Node,
  PORT,
  ROUNDS,
  SELF_SIGNED,
  yaml,
} from './_service-faults.ts';

/**
 * What is said of IAM's real daemons when they fail: each cause by its own name, in the language of
 * the node that has it. Faults that do not touch each other are made together, to save time.
 */
const LAB = labName('services');
const on = (node: Node, script: string) => onNode(LAB, node, script).trim();

const isBad = ({ verdict }: Line) => verdict === 'failed' || verdict === 'unknown';
const CHECK = ['check', '--json', '--stage', 'database', '--stage', 'services'] as const;

async function checked(): Promise<readonly Line[]> {
  const { events } = await wizard(LAB, CHECK);
  return events.filter((event) => event.type === 'check');
}

/** Exactly these checks have failed; whatever else is not passed is so because of one of them. */
function verifyNamed(
  t: ExecutionContext,
  all: readonly Line[],
  expected: Readonly<Record<string, string>>,
): void {
  const bad = all.filter(isBad);
  const causes = bad.filter((one) => one.verdict === 'failed');
  const found = Object.fromEntries(causes.map((one) => [String(one.id), one.code]));
  t.deepEqual(found, expected);
  for (const one of bad.filter(({ verdict }) => verdict === 'unknown')) {
    t.true(String(one.because) in expected, `${one.id} because ${one.because}`);
  }
}

async function untilWhole(): Promise<void> {
  let bad: readonly Line[] = [];
  const isWhole = async () => {
    bad = (await checked()).filter(isBad);
    return bad.length === 0;
  };
  await until('the pair is whole again', isWhole, 60).catch((error) => {
    throw new Error(`${error.message}: ${JSON.stringify(bad)}`);
  });
}

/** Starts it, and waits until it answers. */
const started = (daemon: Daemon) => `systemctl start ${daemon}
for try in {1..150}; do
  (exec 3<>/dev/tcp/127.0.0.1/${PORT[daemon]} && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '"ok"' <&3) 2>/dev/null && exit 0
  sleep 0.1
done; exit 1`;

function make(fault: Fault): void {
  on(fault.node, `systemctl stop ${fault.daemon}\n${fault.break}\nsystemctl start ${fault.daemon}`);
  if (!fault.restoreAtOnce) return;
  on(
    fault.node,
    `until systemctl is-active -q ${fault.daemon} && (: </dev/tcp/127.0.0.1/${PORT[fault.daemon]}) 2>/dev/null; do sleep 0.1; done\n${fault.repair}`,
  );
}

function mend(fault: Fault): void {
  on(
    fault.node,
    `systemctl stop ${fault.daemon}\n${fault.restoreAtOnce ? '' : fault.repair}\n${started(fault.daemon)}`,
  );
}

function told({ stdout, stderr }: Ran): string {
  return `${stdout}\n${stderr}`;
}

inRealLab.before('a pair with the real daemons', async (t) => {
  t.timeout(900_000);
  await upFresh(LAB);
  useRealDaemons(LAB);
  const ran = await wizard(LAB, ['apply', '--yes', '--json']);
  t.is(ran.code, 0, told(ran));
});

for (const [name, faults] of Object.entries(ROUNDS)) {
  inRealLab(`each cause by its own name: ${name}`, async (t) => {
    t.timeout(300_000);
    for (const fault of faults) make(fault);
    try {
      const expected = Object.fromEntries(faults.map(({ id, code }) => [id, code]));
      let all: readonly Line[] = [];
      const isAllThere = async () => {
        all = await checked();
        return all.filter((one) => one.verdict === 'failed').length >= faults.length;
      };
      await until('every fault shows', isAllThere, 20).catch(() => undefined);
      verifyNamed(t, all, expected);
      for (const { id, node, says = '' } of faults) {
        const problem = all.find((one) => one.id === id)?.problem as Line | undefined;
        t.is(problem?.node, node, id);
        t.true(JSON.stringify(problem ?? '').includes(says), `${id}: ${JSON.stringify(problem)}`);
      }
    } finally {
      for (const fault of faults) mend(fault);
    }
  });
}

/** What a client of IAM has in hand: an administrator's token, and one for the authorization server. */
function rights(): { readonly admin: string; readonly client: string } {
  const admin = adminToken(LAB);
  for (const path of ['policies/outage', 'secrets/outage'])
    ask(LAB, 'iam-1', 8080, 'DELETE', `/v1/${path}`, admin);
  const metadata = { name: 'outage' };
  const secret = ask(LAB, 'iam-1', 8080, 'POST', '/v1/secrets', admin, { metadata }).body;
  const policy = {
    subjects: ['users:maria'],
    actions: ['delete'],
    effect: 'allow',
    resources: ['resources:printer'],
  };
  ask(LAB, 'iam-1', 8080, 'POST', '/v1/policies', admin, { metadata, policy });
  return { admin, client: clientToken(String(secret.secretID), String(secret.secretKey)) };
}

const QUESTION = { subject: 'users:maria', action: 'delete', resource: 'resources:printer' };

/** Whether each node allows it: "true true". */
const allowed = (client: string) =>
  NODES.map((node) =>
    String(ask(LAB, node, 9090, 'POST', '/v1/authz', client, QUESTION).body.allowed),
  ).join(' ');

/**
 * Two messages at once make an authorization server read twice, the second time up to a second later
 * and with whatever is true by then.
 */
function hasRead(): boolean {
  const lastRead = `line=$(grep -a 'reload: cycle completed' /var/log/iam/iam-authz-server.log | tail -n 1)
echo $(($(date +%s) - $(date -d "\${line:0:19}" +%s)))`;
  return NODES.every((node) => Number(on(node, lastRead)) > 3);
}

inRealLab(
  'a right that is revoked while Redis is away is refused soon after it is back',
  async (t) => {
    t.timeout(120_000);
    const { admin, client } = rights();
    await until('both nodes allow it', () => allowed(client) === 'true true', 10);
    on('iam-1', 'systemctl stop redis-server');
    try {
      await until('what was told before is read', hasRead, 20);
      t.is(ask(LAB, 'iam-2', 8080, 'DELETE', '/v1/policies/outage', admin).status, 200);
      t.is(allowed(client), 'true true');
      verifyNamed(t, await checked(), { 'applied/iam-1/unit:redis-server': 'unit-not-running' });
    } finally {
      on('iam-1', 'systemctl start redis-server');
    }
    await until('both nodes deny it', () => allowed(client) === 'false false', 15);
    ask(LAB, 'iam-1', 8080, 'DELETE', '/v1/secrets/outage', admin);
  },
);

inRealLab('MariaDB away: named once, and with it everything comes back by itself', async (t) => {
  t.timeout(120_000);
  on('iam-1', 'systemctl stop mariadb');
  on('iam-2', 'systemctl restart iam-apiserver');
  try {
    verifyNamed(t, await checked(), { 'applied/iam-1/unit:mariadb': 'unit-not-running' });
  } finally {
    on('iam-1', 'systemctl start mariadb');
  }
  await untilWhole();
});

inRealLab(
  'the password of a node changed in MariaDB: the API server’s end has that cause',
  async (t) => {
    t.timeout(120_000);
    const sql = (text: string) => on('iam-1', `mariadb -N <<'SQL'\n${text}\nSQL`);
    const hash = sql(
      "SELECT authentication_string FROM mysql.user WHERE User='iam' AND Host='10.0.4.21';",
    );
    sql("ALTER USER 'iam'@'10.0.4.21' IDENTIFIED BY 'another';");
    on('iam-2', 'systemctl restart iam-apiserver');
    try {
      verifyNamed(t, await checked(), { 'database-login/iam-2': 'database-wrong-password' });
    } finally {
      sql(`ALTER USER 'iam'@'10.0.4.21' IDENTIFIED BY PASSWORD '${hash}';`);
    }
    // A policy that changed while the API server was away: the next step that the check names mends it.
    on('iam-2', started('iam-apiserver'));
    on('iam-1', 'systemctl restart iam-ha-policy-notice');
    await untilWhole();
  },
);

inRealLab('the audit path: a lock that is left behind, and an empty record', async (t) => {
  t.timeout(120_000);
  const redis = (command: string) =>
    on(
      'iam-1',
      `sed -n 's/^requirepass "\\(.*\\)"$/\\1/p' /etc/redis/iam-ha.conf >/root/p
REDISCLI_AUTH=$(cat /root/p) redis-cli ${command}`,
    );
  const folder = '/var/lib/iam/iam-pump/analytics-data';
  redis('SET iam-pump left EX 400');
  // As the pump of v1.6.2 itself stores whatever it is given.
  on('iam-2', `echo '0,,,,,,,0001-01-01 00:00:00 +0000 UTC' >>${folder}/empty.csv`);
  try {
    verifyNamed(t, await checked(), {
      'audit-drain': 'audit-lock-left',
      'audit-records/iam-2': 'audit-records-empty',
    });
  } finally {
    redis('DEL iam-pump');
    on('iam-2', `rm ${folder}/empty.csv`);
  }
});

inRealLab(
  'a start in vain ends with the cause, and does not wait for its whole time',
  async (t) => {
    t.timeout(120_000);
    const place = '/run/systemd/system/iam-authz-server.service.d';
    on(
      'iam-2',
      `${SELF_SIGNED} -keyout /dev/null -out /run/other-ca.pem 2>/dev/null; chmod 0644 /run/other-ca.pem
sed 's#^client-ca-file: .*#client-ca-file: "/run/other-ca.pem"#' ${yaml('iam-authz-server')} >/run/authz.yaml; chgrp iam /run/authz.yaml; chmod 0640 /run/authz.yaml
mkdir -p ${place}; printf '[Service]\\nExecStart=\\nExecStart=/opt/iam/bin/iam-authz-server --config=/run/authz.yaml\\n' >${place}/other.conf
systemctl daemon-reload; systemctl stop iam-authz-server`,
    );
    try {
      const before = Date.now();
      const ran = await wizard(LAB, ['apply', '--yes', '--json', '--stage', 'services']);
      t.is(ran.code, 1);
      const problem = ran.events.find((event) => event.type === 'problem');
      t.is(problem?.code, 'grpc-wrong-ca', told(ran));
      t.true(Date.now() - before < 25_000);
    } finally {
      on(
        'iam-2',
        `rm -r ${place} /run/authz.yaml /run/other-ca.pem; systemctl daemon-reload; systemctl stop iam-authz-server; ${started('iam-authz-server')}`,
      );
    }
  },
);

inRealLab('nothing of that is left', async (t) => {
  t.timeout(120_000);
  await untilWhole();
  t.pass();
});

inRealLab.after.always('the lab goes', async () => {
  await down(LAB);
});
