// What scripts/bench-prober.mjs runs where the lab's operator sits.
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMeasuring } from '../source/cli/measuring.ts';
import type { ConnectedNodes } from '../source/cli/nodes-port.ts';
import { connectVantage, type VantageConnection } from '../source/drivers/ssh/index.ts';
import { labPlaces } from '../source/lab/index.ts';
import {
  type NodeName,
  type ProbeTarget,
  percentile,
  type Vantage,
} from '../source/model/index.ts';

const CLIENT = '198.51.100.10';
const NODE = 'iam-2' as NodeName;
const VANTAGES: Readonly<Record<string, Vantage>> = {
  here: { kind: 'here' },
  via: { kind: 'via', node: NODE },
  ssh: { kind: 'ssh', host: CLIENT },
  sshd: { kind: 'ssh', host: CLIENT },
};
const COUNT = 'ss -Htan state time-wait | wc -l';

const [lab = '', from = 'here', rate = '100', seconds = '10'] = process.argv.slice(2);
const vantage = VANTAGES[from]!;
const { identity, knownHosts } = labPlaces(lab);

function enter(address: string): Promise<VantageConnection> {
  const { signal } = new AbortController();
  const target = { node: NODE, address, host: address, file: '', user: 'root' };
  return connectVantage(
    { ...target, identityFile: identity, knownHosts },
    { sessionKnownHosts: knownHosts, acceptNewHostKeys: false, signal },
  );
}

async function outsideTimeWait(): Promise<number> {
  const machine = await enter(CLIENT);
  let said = '';
  for await (const piece of await machine.start(COUNT)) said += piece;
  machine.close();
  return Number(said);
}

const timeWait = () =>
  vantage.kind === 'ssh'
    ? outsideTimeWait()
    : Promise.resolve(Number(execFileSync('sh', ['-c', COUNT], { encoding: 'utf8' })));

const domains = ['iam.api.marmotedu.com', 'iam.authz.marmotedu.com'];
const targets = domains.map(
  (host): ProbeTarget => ({
    vantage,
    label: host,
    address: vantage.kind === 'ssh' ? '203.0.113.1' : '10.0.4.99',
    port: 80,
    host,
    path: '/healthz',
    expectBody: '{"status":"ok"}',
  }),
);

const before = await timeWait();
const nodes = vantage.kind === 'via' ? await enter('10.0.4.21') : undefined;
const connect = () =>
  ({
    forward: (_: NodeName, host: string, port: number) => nodes!.forward(host, port),
    close: async () => nodes?.close(),
  }) as unknown as ConnectedNodes;
const measuring = await startMeasuring(targets, Number(rate), {
  connect,
  enter: async (host) => {
    const machine = await enter(host);
    const { forward, close } = machine;
    return from === 'sshd' ? { forward, close } : machine;
  },
});
await sleep(Number(seconds) * 1000);
const samples = (await measuring.stop()).flat();
const how = measuring.askedHow?.(0);
const lags = samples.map(({ sentMs, scheduledMs }) => sentMs - scheduledMs);
const lag = [50, 99, 100].map((percent) => percentile(lags, percent).toFixed(2)).join(' / ');
const count = (outcome: string) => samples.filter((one) => one.outcome === outcome).length;
const reasons = [...new Set(samples.flatMap(({ reason }) => reason ?? []))].join(' ');
const after = await timeWait();
console.log(
  `${from} ${how ? `(${how.by}, clock ±${how.clockMs?.toFixed(2)} ms) ` : ''}2 × ${rate}/s, ${seconds} s: lag ${lag} ms; ` +
    `${samples.length} sent, ${count('ok')} ok, ${count('late')} late, ${count('failed')} failed ${reasons}; time-wait ${before} -> ${after}`,
);
process.exit();
