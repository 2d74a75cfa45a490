// One drill in a lab with a capture beside it: for scripts/bench-capture.ts and for the lab's tests.
import { execFile } from 'node:child_process';
import { type Entry, operatorEntry } from '../source/lab/index.ts';
import { connections, outageOf, startCapture } from './capture.mjs';

const VIP = '10.0.4.99';
const OK_BODY = '{"status":"ok"}';

/** One line of `--json`. */
type Line = Readonly<Record<string, unknown>>;

interface DrillLine extends Line {
  readonly outcome: string;
  readonly views: readonly {
    readonly vantage: string;
    readonly domain: string;
    readonly backend?: string;
    readonly outageMs: number;
    readonly jitterMs: number;
  }[];
}

/** What the prober told of one domain, and what the packets on its interface tell. In ms. */
export interface Compared {
  readonly domain: string;
  readonly toldMs: number;
  readonly wireMs: number;
  readonly jitterMs: number;
}

/** One drill with a capture beside it; if the prober was late, and a run was thrown away: its lags. */
export async function drillOnTheWire(
  lab: string,
  drill: string,
  ratePerSecond = 100,
): Promise<readonly Compared[] | string> {
  const enter = (argv: readonly string[]) => operatorEntry(lab, argv, process.env);
  const capture = await startCapture(enter, { interface: 'eth0', address: VIP, port: 80 });
  const args = ['drill', drill, '--rate', String(ratePerSecond), '--yes', '--json'];
  const stdout = await run(enter(['iam-ha-wizard', ...args]));
  const lines = await capture.stop();
  const events = stdout.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Line] : []));
  const drills = events.filter((event) => event.type === 'drill') as unknown as DrillLine[];
  const [one] = drills;
  if (!one) throw new Error(`no drill:\n${stdout}`);
  // the wizard repeats a run that it throws away: all of them are on the wire
  const late = drills.filter(({ outcome }) => outcome === 'aborted').flatMap(({ views }) => views);
  if (late.length > 0)
    return late.map(({ vantage, jitterMs }) => `${vantage} ${jitterMs} ms`).join(', ');
  const seen = connections(lines, OK_BODY);
  return one.views
    .filter(({ vantage, backend }) => vantage === 'here' && backend === undefined)
    .map(({ domain, outageMs: toldMs, jitterMs }) => {
      return { domain, toldMs, jitterMs, wireMs: outageOf(seen, domain) };
    });
}

/** Its standard output, however it ends: a drill that failed has something to say. */
function run({ argv, env }: Pick<Entry, 'argv' | 'env'>): Promise<string> {
  const [program = '', ...rest] = argv;
  const options = { env, maxBuffer: 256 << 20 };
  return new Promise((resolve) => {
    execFile(program, rest, options, (_, stdout) => resolve(stdout));
  });
}

/** The same, again as long as runs are thrown away. */
export async function comparedOn(
  t: { log(text: string): void },
  lab: string,
  drill: string,
  tries = 5,
): Promise<readonly Compared[]> {
  for (let time = 1; time <= tries; time += 1) {
    const compared = await drillOnTheWire(lab, drill);
    if (typeof compared !== 'string') return compared;
    t.log(`${drill}: run ${time} was thrown away: the prober was late (lag p99 ${compared})`);
  }
  throw new Error(`${drill}: the prober was late in all of ${tries} runs`);
}
