import type { LabStatus } from '../lab/index.ts';
import { type Message, message } from '../model/index.ts';

/** Tells a person what the lab's cloud has; nothing where the lab has none. */
export function sayCloud({ name, cloud, hasCloud }: LabStatus, say: (text: Message) => void): void {
  if (!cloud) {
    if (hasCloud) say(message('lab-status-no-cloud', { lab: name }));
    return;
  }
  const { endpoint, havips, eips } = cloud;
  const counts = { havips: havips.length, eips: eips.length };
  say(message('lab-status-cloud', { endpoint, ...counts }));
  for (const { id, address, holder } of havips)
    say(
      holder
        ? message('lab-status-havip', { id, address, holder })
        : message('lab-status-havip-free', { id, address }),
    );
  for (const { id, address, status, haVip } of eips)
    say(
      haVip
        ? message('lab-status-eip', { id, address, status, haVip })
        : message('lab-status-eip-free', { id, address, status }),
    );
}
