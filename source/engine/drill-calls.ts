import {
  type DrillCalls,
  type DrillPlan,
  type Message,
  message,
  type Ports,
  type SeenCall,
} from '../model/index.ts';

/** What should happen, to be read before it does: in a sentence, then call by call. */
export function expectationTexts({ description, calls }: DrillPlan): readonly Message[] {
  const said = new Map(
    (calls?.table ?? []).map((one) => [`${one.call} ${one.expected}`, one] as const),
  );
  return [
    description,
    ...[...said.values()].map(({ call, expected, works }) =>
      message(works ? 'drill-call-works' : 'drill-call-fails', { call, expected }),
    ),
  ];
}

/** Makes the calls while it is broken. One that has left no trace came to "-". */
export async function makeCalls(calls: DrillCalls, ports: Ports): Promise<readonly SeenCall[]> {
  const { node, script, timeoutMs } = calls.step;
  const result = await ports.nodes.run(node, script, { timeoutMs });
  const seen = result.kind === 'exited' ? calls.read(result.stdout) : [];
  return calls.table.map((call, index) => ({ ...call, seen: seen[index] ?? '-' }));
}
