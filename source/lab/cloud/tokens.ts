import { refuse } from './errors.ts';
import type { Call, Reply, State } from './types.ts';

const MAX_LENGTH = 64;

/**
 * Gives what was answered to this token before, so that nothing is made twice; else runs `make`.
 *
 * @throws ApiError where the token stood for another request, or is too long
 */
export function onceByToken(state: State, call: Call, make: () => Reply): Reply {
  const { ClientToken: token, ...body } = call.body;
  if (typeof token !== 'string') return make();
  if (token.length > MAX_LENGTH) {
    refuse('InvalidParameterValue.TooLong', `ClientToken is longer than ${MAX_LENGTH}.`);
  }
  const key = `${call.region}/${call.action}/${token}`;
  const text = JSON.stringify(body, (_, value) => sorted(value));
  const stored = state.tokens[key];
  if (stored && stored.body !== text) {
    refuse('InvalidParameterValue', 'The ClientToken was used with other parameters.');
  }
  if (stored) return stored.reply;
  const reply = make();
  state.tokens[key] = { body: text, reply };
  return reply;
}

/** The order of the fields does not make another request. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
