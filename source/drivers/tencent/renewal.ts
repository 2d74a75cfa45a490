import type { Clock } from '../../model/index.ts';
import { type Credential, credentialOf } from './credentials.ts';
import { fromRole, type Metadata, metadataService } from './metadata.ts';

/** Asks for a pair that is good for longer; undefined: there is none. Never throws. */
export type Renew = () => Promise<Credential | undefined>;

/** How long before a pair's end another one is asked for: a change that is under way has to end with it. */
const EARLY_MS = 300_000;
/** A service that still gives the same pair is not asked with every call. */
const AGAIN_MS = 30_000;

/** The role of this machine gives pairs for some hours; a run, or a watch, may last longer. */
export function renewalOf(
  { source }: Credential,
  metadata: () => Metadata = metadataService,
): Renew | undefined {
  if (source !== 'cvm-role') return undefined;
  return async () => {
    const found = await fromRole(metadata());
    return typeof found === 'string' ? undefined : credentialOf(found, 'cvm-role');
  };
}

/**
 * The pair that is good now. One that is about to end is replaced where that is possible; where it is
 * not, it is used until the cloud refuses it.
 */
export function freshCredential(
  first: Credential,
  renew: Renew | undefined,
  clock: Clock,
): () => Promise<Credential> {
  let current = first;
  let askedMs = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  const ask = async (by: Renew) => {
    current = (await by()) ?? current;
    asking = undefined;
  };
  return async () => {
    const now = clock.now();
    const isEnding = (current.expiresMs ?? Number.POSITIVE_INFINITY) - now < EARLY_MS;
    if (renew && isEnding && !asking && now - askedMs >= AGAIN_MS) {
      askedMs = now;
      asking = ask(renew);
    }
    await asking;
    return current;
  };
}
