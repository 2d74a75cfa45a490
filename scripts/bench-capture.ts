// The outage that the prober reports beside the one that the packets on the client's interface tell
// (scripts/capture.mjs defines it), over several drills, in a lab with an applied pair. Root, Linux.
// Usage: node --import tsx scripts/bench-capture.ts LAB RUNS [DRILL...]
import { percentile } from '../source/model/index.ts';
import { comparedOn } from './capture-drill.ts';

const MIX = ['keepalived-stopped', 'nginx-stopped', 'domain-backends-stopped'];

const [lab = 'demo', runs = '20', ...drills] = process.argv.slice(2);
const mix = drills.length > 0 ? drills : MIX;
const differences: number[] = [];
for (let run = 0; run < Number(runs); run += 1) {
  const drill = mix[run % mix.length]!;
  for (const { domain, toldMs, wireMs, jitterMs } of await comparedOn(console, lab, drill)) {
    const difference = Math.abs(toldMs - wireMs);
    differences.push(difference);
    console.log(
      `${run + 1} ${drill} ${domain}: told ${toldMs} ms, wire ${wireMs.toFixed(1)} ms, difference ${difference.toFixed(1)} ms (lag p99 ${jitterMs} ms)`,
    );
  }
}
const spread = [0, 50, 100].map((percent) => percentile(differences, percent).toFixed(1));
console.log(`difference: min ${spread[0]}, median ${spread[1]}, max ${spread[2]} ms`);
