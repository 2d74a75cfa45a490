/** Verdicts that say: what answered as MongoDB was a stand-in. Faces and reports then say so, too. */
const MONGODB_STAND_IN: readonly string[] = ['mongodb-login-stand-in', 'audit-record-in-stand-in'];

/** @param codes of the checks' reasons */
export function isMongodbStandIn(codes: Iterable<string>): boolean {
  return [...codes].some((code) => MONGODB_STAND_IN.includes(code));
}
