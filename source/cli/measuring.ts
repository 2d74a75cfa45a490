import { startProber } from '../drivers/prober/prober.ts';
import type { Measuring, NodeName, ProbeTarget } from '../model/index.ts';
import type { ConnectedNodes } from './nodes-port.ts';

/**
 * Starts to measure. Connections through a node's sshd go over SSH connections of the prober's own,
 * which end with it: an open to an address that nobody answers cannot be taken back otherwise.
 */
export async function startMeasuring(
  targets: readonly ProbeTarget[],
  ratePerSecond: number,
  connect: () => ConnectedNodes,
): Promise<Measuring> {
  const nodes = targets.some((target) => target.vantage.kind === 'via') ? connect() : undefined;
  const forward = nodes && {
    forward: (node: NodeName, host: string, port: number) => nodes.forward(node, host, port),
  };
  const handle = await startProber(targets, { ratePerSecond, ...forward });
  return {
    nowMs: handle.nowMs,
    samplesSince: (index, isOf = () => true) =>
      handle
        .samplesSince(index)
        .filter((one) => isOf(one.target))
        .map((one) => one.sample),
    endedSince: handle.samplesSince,
    stop: async () => {
      try {
        return await handle.stop();
      } finally {
        await nodes?.close();
      }
    },
  };
}
