import { failed, type HttpResult, type Verdict, warned } from '../model/index.ts';
import { type Closed, closedProblem } from './cloud-admits.ts';
import { isHealthy } from './http-script.ts';

/**
 * Clients that a security group keeps out. One that got in all the same may have a rule of its own:
 * then it is a warning, because others have not.
 *
 * @param closed at any front end: the VIP may come there
 */
export function judgeOutside(
  closed: readonly Closed[],
  outside: HttpResult | undefined,
): Verdict | undefined {
  const [first] = closed;
  if (!first) return undefined;
  const found = closedProblem('security-group-closes-80', first, closed.length - 1);
  return outside && isAnswered(outside) ? warned(found) : failed(found);
}

export function isAnswered(result: HttpResult): boolean {
  return result.kind === 'answered' && isHealthy(result);
}

/** In a word: what came through the public address. */
export function outsideWord(result: HttpResult | undefined): string {
  if (!result) return '-';
  return result.kind === 'answered' ? `HTTP ${result.status}` : result.reason;
}
