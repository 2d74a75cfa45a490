import type { DialogueAction, DialogueResult, Exchange, Ports } from '../model/index.ts';

/** More than any dialogue of ours needs: one that does not end is our mistake. */
const REQUESTS_AT_MOST = 200;

/**
 * Asks, request after request, until the dialogue has no more to ask. An operator who insists on
 * stopping is not kept: what is left over then, the next dialogue removes first.
 */
export async function holdDialogue(action: DialogueAction, ports: Ports): Promise<DialogueResult> {
  const started = ports.clock.now();
  const exchanges: Exchange[] = [];
  for (;;) {
    const request = ports.stop.signal.aborted ? undefined : action.next(exchanges);
    if (!request) return { kind: 'dialogue', exchanges };
    if (exchanges.length >= REQUESTS_AT_MOST) throw new Error(`no end: ${request.step}`);
    if (request.pauseMs) await ports.clock.sleep(request.pauseMs, ports.stop.signal);
    const result = await ports.http(request);
    exchanges.push({ step: request.step, result, atMs: ports.clock.now() - started });
  }
}
