import { findCredential } from '../../drivers/tencent/credentials.ts';
import { localPlaces } from '../../drivers/tencent/local-places.ts';
import type { SeenKeys } from '../../questions/index.ts';

type Places = Parameters<typeof findCredential>[0];

/** Where this computer has keys for Tencent Cloud. Nobody is asked for them, and no cloud whether they fit. */
export async function lookForKeys(
  environment: Places['environment'],
  places: Omit<Places, 'ask'> = localPlaces(environment),
): Promise<SeenKeys> {
  const { credential, looked, region } = await findCredential(places);
  const named = region === undefined ? {} : { region };
  const last = looked.at(-1);
  if (!credential || !last)
    return { kind: 'missing', places: looked.map(({ place }) => place), ...named };
  const { source, place } = last;
  return { kind: 'found', place, isRole: source === 'cvm-role', ...named };
}
