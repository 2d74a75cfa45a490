import { type Check, failed, problem } from '../model/index.ts';
import { type AdminPasswordCheck, adminPasswordCheck } from './admin-password.ts';

/** As {@link adminPasswordCheck}; but on the Internet a published password is no warning. */
export function publicPasswordCheck(options: AdminPasswordCheck): Check {
  const inside = adminPasswordCheck(options);
  return {
    ...inside,
    id: 'public-password',
    judge: (measured) => {
      const verdict = inside.judge(measured);
      if (verdict.state !== 'warned') return verdict;
      return failed(problem('public-password-published', {}, { node: options.node }));
    },
  };
}
