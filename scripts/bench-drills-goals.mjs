// What each drill may cost with each profile: the contract of the failover, in ms and requests.
// `outage`: of the median, unless `each` says that it is for every run. Counts are for the worst run.

import { median } from './pty.mjs';

const below = (max) => ({ outage: [0, max] });
const within = (min, max) => ({ outage: [min, max], each: true });
const NOTHING = { failed: 0, late: 0 };
const alike = (goal) => ({ lecture: goal, balanced: goal, fast: goal });

/** In the order of the table. `by`: how it is broken, where that is no drill of the menu. */
export const GOALS = [
  { id: 'keepalived-stopped', lecture: below(850), balanced: below(30), fast: below(15) },
  {
    id: 'nginx-stopped',
    lecture: within(800, 5900),
    balanced: { ...below(20), late: 0 },
    fast: { ...below(15), late: 0 },
  },
  {
    id: 'nginx-killed',
    by: 'kill',
    lecture: within(800, 5900),
    balanced: below(50),
    fast: below(40),
  },
  { id: 'nginx-hung', lecture: below(6500), balanced: below(2200), fast: below(1200) },
  {
    id: 'node-unplugged',
    lecture: within(2800, 3900),
    balanced: { ...below(3100), lateAfter: 5 },
    fast: { ...below(650), lateAfter: 5 },
  },
  { id: 'keepalived-killed', ...alike({ failed: 1 }) },
  { id: 'backend-stopped', ...alike({ failed: 1 }) },
  { id: 'nginx-recovers', ...alike({ failed: 1 }) },
  { id: 'domain-backends-stopped', ...alike({ isAsSaid: true }) },
  { id: 'vrrp-blocked', ...alike(NOTHING) },
  { id: 'switch-over', ...alike(NOTHING) },
  { id: 'move-vip at 1000/s', by: 'move', rate: 1000, ...alike(NOTHING) },
];

const most = (runs, of) => Math.max(0, ...runs.map(of));

/** What a cell of the table says, and whether it keeps its goal. */
export function judge(goal, runs) {
  if (runs.length === 0) return { kept: false, text: 'not measured' };
  const outages = runs.map(({ outageMs }) => outageMs);
  const measured = goal.each ? outages : [median(outages)];
  const counts = ['failed', 'late', 'lateAfter'].map((name) => [
    name,
    most(runs, (run) => run[name] ?? 0),
  ]);
  const kept =
    (!goal.outage || measured.every((ms) => ms >= goal.outage[0] && ms <= goal.outage[1])) &&
    counts.every(([name, count]) => goal[name] === undefined || count <= goal[name]) &&
    (!goal.isAsSaid || runs.every(({ outcome }) => outcome === 'passed'));
  const figures = `${median(outages)} (${Math.min(...outages)}–${Math.max(...outages)})`;
  const [[, failed], [, late], [, lateAfter]] = counts;
  const after = goal.lateAfter === undefined ? '' : `, ${lateAfter} after`;
  return { kept, text: `${figures} ms; ${failed} failed, ${late} late${after}` };
}
