/** The pump's file with the fault, in the module. */
export const PUMP_FILE = 'internal/pump/server.go';

const FAULT = '\t"github.com/vmihailenco/msgpack/v5"\n';
const MENDED = '\tmsgpack "gopkg.in/vmihailenco/msgpack.v2"\n';

/**
 * v1.6.2's pump reads records with another version of msgpack than its authorization server writes
 * them with, and stores empty ones. One import mends it. Pure.
 *
 * @throws Error when the line is not there just once: this is not the file that the mend was made for
 */
export function mendPump(source: string): string {
  const parts = source.split(FAULT);
  if (parts.length !== 2) throw new Error(`${PUMP_FILE} is not the one that the mend is for`);
  return parts.join(MENDED);
}
