import test from 'ava';
import { maskContent, type Resource } from '../../source/model/index.ts';
import { services } from '../../source/stages/services.ts';
import type { StageInput } from '../../source/stages/stage-input.ts';
import { dataTierInput } from './helpers/data-tier.ts';

interface Given {
  /** `iam.adminPassword` of the cluster file. */
  readonly choice?: 'generate' | 'keep' | 'env:A';
  readonly imported?: boolean;
}

function input({ choice, imported = false }: Given): StageInput {
  return dataTierInput({
    change: (one) => ({
      ...one,
      schemaImported: () => imported,
      cluster: {
        ...one.cluster,
        iam: {
          ...one.cluster.iam,
          ...(choice && {
            adminPassword:
              choice === 'env:A' ? { kind: 'env', variable: 'A' } : { kind: choice as 'keep' },
          }),
        },
      },
    }),
  });
}

const resourceOf = (given: Given): Resource | undefined =>
  services(input(given)).resources.find((one) => one.id === 'admin-password');

function plan(given: Given, stdout: string): string {
  const planned = resourceOf(given)?.plan({ kind: 'exited', exitCode: 0, stdout, stderr: '' });
  switch (planned?.kind) {
    case 'settled':
      return planned.reason.code;
    case 'refused':
      return `refused ${planned.problem.code}`;
    case 'change':
      return `${planned.change.parts[0].summary.code}, else ${planned.change.drift?.code}`;
    default:
      return 'none';
  }
}

const GENERATE = 'admin-password-generate, else admin-password-published';
const GENERATE_LATER = 'admin-password-generate, else admin-password-not-asked';

/** By default it is changed where the schema is this session's, and left alone elsewhere. */
const BY_DEFAULT: readonly (readonly [said: string, imported: boolean, planned: string])[] = [
  ['admin away\n', false, GENERATE_LATER],
  ['admin away\ntables 0\n', false, GENERATE_LATER],
  ['admin away\ntables 1\n', false, 'admin-password-kept'],
  ['admin ill\ntables 1\n', false, 'admin-password-kept'],
  ['admin away\ntables 1\n', true, GENERATE_LATER],
  ['admin published\n', true, GENERATE],
  ['admin published\n', false, 'admin-password-kept'],
  ['admin other\n', true, 'admin-password-kept'],
  ['admin other\n', false, 'admin-password-kept'],
  ['admin wanted\n', true, 'admin-password-right'],
  ['admin wanted\n', false, 'admin-password-right'],
  ['', true, 'refused probe-unreadable'],
];

for (const [said, imported, planned] of BY_DEFAULT) {
  test(`by default, ${imported ? 'schema imported' : 'schema not ours'}, ${JSON.stringify(said)}: ${planned}`, (t) => {
    t.is(plan({ imported }, said), planned);
  });
}

test('asked for by name it is changed whosever the schema is, but only from the published one', (t) => {
  const generate: Given = { choice: 'generate' };
  t.is(plan(generate, 'admin published\n'), GENERATE);
  t.is(plan(generate, 'admin away\n'), GENERATE_LATER);
  t.is(plan(generate, 'admin wanted\n'), 'admin-password-right');
  t.is(plan(generate, 'admin other\n'), 'refused admin-password-other');
  t.regex(plan({ choice: 'env:A' }, 'admin published\n'), /^admin-password-set, /);
});

test('keep is keep: nothing is asked, and a published password is said', (t) => {
  t.is(resourceOf({ choice: 'keep' }), undefined);
  const ids = (given: Given) => services(input(given)).checks.map((check) => check.id);
  t.true(ids({ choice: 'keep' }).includes('admin-password'));
  t.false(ids({ choice: 'generate' }).includes('admin-password'));
  t.false(ids({ imported: true }).includes('admin-password'));
});

test('the claim that the password is not the published one can fail, and costs nobody the exit code', (t) => {
  const check = services(input({ choice: 'keep' })).checks.find(
    (one) => one.id === 'admin-password',
  );
  const of = (stdout: string) => {
    const { state, reason } = check!.judge([{ kind: 'exited', exitCode: 0, stdout, stderr: '' }]);
    return `${state} ${reason.code}`;
  };
  t.is(of('admin published\n'), 'warned admin-password-published');
  t.is(of('admin other\n'), 'passed admin-password-kept');
  t.is(of('admin wanted\n'), 'passed admin-password-right');
  t.is(of('admin ill\n'), 'unknown admin-password-not-seen');
  t.is(of(''), 'unknown not-measured');
});

test('no password is in what may be printed, and undo leaves it', (t) => {
  const resource = resourceOf({ choice: 'generate' })!;
  const planned = resource.plan({
    kind: 'exited',
    exitCode: 0,
    stdout: 'admin published\n',
    stderr: '',
  });
  if (planned.kind !== 'change') throw new Error('no change');
  const scripts = [
    resource.probe,
    ...planned.change.actions.flatMap((one) => ('script' in one ? [one.script] : [])),
  ];
  for (const script of scripts)
    t.notRegex(maskContent(script as never), /Generated-2026x|Admin@2021|eyJ/);
  t.deepEqual(planned.change.undo, [{ kind: 'keep', resource: 'admin-password' }]);
});
