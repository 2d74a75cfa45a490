import { type Explanation, type Params, problem } from '../model/index.ts';
import { CAUSES, type Subject } from './service-causes.ts';
import type { Evidence } from './service-evidence.ts';

/** What systemd itself could not do; its exit codes, from systemd.exec(5). */
const SYSTEMD: Readonly<Record<string, string>> = {
  '200': 'daemon-folder-missing',
  '203': 'daemon-not-executable',
  '217': 'daemon-user-missing',
};

/**
 * Why a daemon does not answer, by what the node shows of it: systemd's state, then the last line
 * that names a cause. Undefined where nothing does (somebody stopped it; it hangs).
 */
export function diagnose(evidence: Evidence, subject: Subject): Explanation | undefined {
  const { state } = evidence;
  const isDying = isStartedAgain(state);
  const byStatus = isDying ? SYSTEMD[state.ExecMainStatus ?? ''] : undefined;
  if (byStatus) {
    const folder = (state.WorkingDirectory ?? '').replace(/^!/, '');
    const detail = evidence.journal.at(-1) ?? '';
    return found(subject, byStatus, { folder, file: `/opt/iam/bin/${subject.daemon}` }, detail);
  }
  // One that ends says why in its last words; one that waits says so in the journal (gRPC does).
  const journal = evidence.journal.toReversed();
  const log = evidence.log.toReversed();
  for (const line of isDying ? [...log, ...journal] : [...journal, ...log]) {
    const named = causeIn(line, evidence, subject);
    if (named) return named;
  }
  return isDying && isSilent(evidence) ? refusedSettings(evidence, subject) : undefined;
}

/** It ended with an error, of which there is no word: IAM says on standard output what it refuses. */
function isSilent({ state, journal, log }: Evidence): boolean {
  const isToldOf = journal.some((line) => /^(?:Error|panic)/.test(line)) || log.length > 0;
  return state.ExecMainStatus === '1' && !isToldOf;
}

function refusedSettings({ keyLength }: Evidence, subject: Subject): Explanation {
  const isBadKey = keyLength !== undefined && (keyLength < 6 || keyLength > 32);
  if (isBadKey) return found(subject, 'daemon-jwt-key-length', { length: keyLength }, '');
  return found(subject, 'daemon-settings-refused', {}, '');
}

function isStartedAgain(state: Evidence['state']): boolean {
  return (
    state.SubState === 'auto-restart' ||
    state.ActiveState === 'failed' ||
    Number(state.NRestarts) > 0
  );
}

function causeIn(line: string, evidence: Evidence, subject: Subject): Explanation | undefined {
  for (const cause of CAUSES) {
    const match = cause.line.exec(line);
    if (!match) continue;
    const params = cause.params?.(match, { evidence, subject }) ?? {};
    const node = cause.at === 'data' ? subject.dataNode : subject.node;
    return found({ ...subject, node }, cause.code, params, line, cause.passing);
  }
  return undefined;
}

function found(
  { node, daemon }: Pick<Subject, 'node' | 'daemon'>,
  code: string,
  params: Params,
  detail: string,
  passing = false,
): Explanation {
  // What `problem` is about comes with every text.
  const all = { daemon, unit: daemon, ...params };
  return { problem: problem(code, all, { node, detail }), lasting: !passing };
}
