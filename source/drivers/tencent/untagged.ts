import type { Tag } from 'tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_models.js';
import type { Done } from './change.ts';

interface Tagged {
  readonly Tags?: Tag[];
  readonly ClientToken: string;
}

/**
 * Makes a thing with its tags; where the tags are what is refused, once more without: its name still
 * carries the session. That is another request, so it has another token, which follows from the first:
 * whoever asks again after a lost answer asks for the same thing.
 */
export async function unlessTagsRefused<Request extends Tagged, Seen>(
  request: Request,
  make: (request: Request) => Promise<Done<Seen>>,
): Promise<Done<Seen>> {
  const done = await make(request);
  if (!request.Tags || !isTagRefusal(done)) return done;
  const { Tags: _, ...untagged } = request;
  return make({ ...untagged, ClientToken: `${request.ClientToken}-untagged` } as Request);
}

/** By its code, or, where CAM says only that something is not allowed, by what it names. */
function isTagRefusal(done: Done<unknown>): boolean {
  if (done.kind !== 'refused') return false;
  const isDenied = /^(AuthFailure\.)?UnauthorizedOperation/.test(done.code);
  return /Tag/.test(done.code) || (isDenied && /\btag:\w/.test(done.detail));
}
