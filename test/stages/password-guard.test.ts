import test from 'ava';
import type { NodeName } from '../../source/model/index.ts';
import { passwordGuard } from '../../source/stages/cloud/password-guard.ts';
import { stageInput } from './_proxy-input.ts';

const { secrets } = stageInput();
const node = 'iam-1' as NodeName;

function planned(word: string, kept = false) {
  const guard = passwordGuard({ node, dataNode: node, secrets, kept: () => kept });
  return guard.plan({ kind: 'exited', exitCode: 0, stdout: `admin ${word}\n`, stderr: '' });
}

test('a log-in proves that the password is not the published one', (t) => {
  t.is(planned('wanted').kind, 'settled');
  t.is(planned('other').kind, 'settled');
});

test('one that stays published forbids the run; one that is about to be changed does not yet', (t) => {
  t.like(planned('published', true), {
    kind: 'refused',
    problem: { code: 'public-password-published', node: 'iam-1' },
  });
  t.like(planned('published'), {
    kind: 'change',
    change: { undo: [], drift: { code: 'public-password-published' } },
  });
});

test('where IAM does not answer nothing is assumed, whoever keeps the password', (t) => {
  for (const word of ['away', 'ill']) {
    for (const kept of [true, false]) {
      t.like(planned(word, kept), {
        kind: 'change',
        change: { drift: { code: 'admin-password-not-asked' } },
      });
    }
  }
  t.like(planned('nonsense'), { kind: 'refused', problem: { code: 'probe-unreadable' } });
});

test('in its place it is waited for, and a published password ends the waiting', (t) => {
  const plan = planned('away');
  const [action] = plan.kind === 'change' ? plan.change.actions : [];
  if (action?.kind !== 'await') return t.fail();
  t.like(action.explain?.('admin published\n'), {
    lasting: true,
    problem: { code: 'public-password-published' },
  });
  t.is(action.explain?.('admin away\n'), undefined);
  t.notRegex(String(action.script), /Admin@2021|Generated-2026x/);
});
