import { onNode } from './_lab.ts';

const VIP = '10.0.4.99';
const UNIT = 'iam-ha-test-vip-watch';
const FILE = `/run/${UNIT}`;
/** Between two looks, in seconds; a look itself takes a few milliseconds. */
const PAUSE = '0.045';

/** When a node was looked at (seconds, one clock for all machines of this computer), and whether it had the VIP. */
interface Look {
  readonly at: number;
  readonly holds: boolean;
}

export interface Watched {
  /** Of each node: how often it was looked at, and in how many of these looks it had the VIP. */
  readonly looks: Readonly<Record<string, { readonly all: number; readonly held: number }>>;
  /** Moments, in seconds of the clock, at which more than one node had it. */
  readonly doubles: readonly number[];
}

/** Looks at the VIP on each node every 50 ms, by a unit of its own there, until `end` is called. */
export function watchVip(lab: string, nodes: readonly string[]): { readonly end: () => Watched } {
  const body = `exec >${FILE}; while :; do
if [[ $(ip -4 -o addr show dev eth0) == *" ${VIP}/"* ]]; then echo "$EPOCHREALTIME 1"; else echo "$EPOCHREALTIME 0"; fi
sleep ${PAUSE}; done`;
  for (const node of nodes) {
    // one of a run that was killed may still be at it
    const start = `systemctl stop ${UNIT} 2>/dev/null
systemd-run --quiet --collect --unit=${UNIT} /bin/bash -c '${body}'`;
    onNode(lab, node, start);
  }
  return {
    end: () => {
      const all = nodes.map((node) => [node, read(lab, node)] as const);
      return {
        looks: Object.fromEntries(
          all.map(([node, looks]) => [
            node,
            { all: looks.length, held: looks.filter((look) => look.holds).length },
          ]),
        ),
        doubles: doubles(all.map(([, looks]) => looks)),
      };
    },
  };
}

function read(lab: string, node: string): readonly Look[] {
  const text = onNode(lab, node, `systemctl stop ${UNIT}; cat ${FILE}; rm -f ${FILE}`);
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [at = '', holds] = line.split(' ');
      return { at: Number(at), holds: holds === '1' };
    });
}

/** A node's look stands until its next one: where two nodes' stand at once, both have it. */
function doubles(all: readonly (readonly Look[])[]): readonly number[] {
  return all.flatMap((looks, index) =>
    looks
      .filter((look) => look.holds)
      .filter((look) =>
        all.some((others, other) => other !== index && lastBefore(others, look.at)?.holds),
      )
      .map((look) => look.at),
  );
}

function lastBefore(looks: readonly Look[], at: number): Look | undefined {
  return looks.findLast((look) => look.at <= at);
}
