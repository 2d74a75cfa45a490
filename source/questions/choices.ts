import { DEFAULT_IAM_VERSION } from '../cluster/index.ts';
import { message } from '../model/index.ts';
import { CLOUD_CHOICES } from './cloud-part.ts';
import { PROFILES, profileTable } from './profile-costs.ts';
import type { Choice, Journey, Question, QuestionId } from './types.ts';
import { nodeNames, seenNodes } from './values.ts';

const plain = (value: string, about?: string): Choice => ({
  value,
  title: message(`init-choice-${value}`),
  ...(about !== undefined && { about: message(about) }),
});

function dataChoices(journey: Journey): readonly Choice[] {
  const onNodes = seenNodes(journey).map(({ name, address, running }): Choice => {
    const daemons = running.join(', ');
    const about = message(daemons ? 'init-about-node-running' : 'init-about-node-bare', {
      address,
      daemons,
    });
    return { value: name, title: message('init-choice-node', { name }), about };
  });
  return [...onNodes, plain('elsewhere', 'init-about-elsewhere')];
}

/** What they mean is in the table above them. */
function profileChoices(): readonly Choice[] {
  return PROFILES.map((profile) => plain(profile));
}

/** What this computer cannot do is not offered: a plan would refuse it. */
function sourceChoices({ seen }: Journey): readonly Choice[] {
  const go: Choice = {
    value: 'go',
    title: message('init-choice-go', { version: DEFAULT_IAM_VERSION }),
    about: message('init-about-go', { go: seen.here?.goVersion ?? '' }),
  };
  return [
    ...(seen.here?.go === 'usable' ? [go] : []),
    plain('directory', 'init-about-directory'),
    plain('archive', 'init-about-archive'),
  ];
}

const CHOICES: Readonly<Partial<Record<QuestionId, (journey: Journey) => readonly Choice[]>>> = {
  ...CLOUD_CHOICES,
  data: dataChoices,
  profile: profileChoices,
  source: sourceChoices,
  firewall: () => [
    plain('nodes-only', 'init-about-nodes-only'),
    plain('leave', 'init-about-leave'),
  ],
  adminPassword: () => [
    plain('generate', 'init-about-generate'),
    plain('env', 'init-about-env'),
    plain('keep', 'init-about-keep'),
  ],
  alerts: () =>
    ['none', 'wecom', 'dingtalk', 'feishu', 'slack', 'webhook'].map((kind) => plain(kind)),
};

/** What a question lets be chosen; undefined where it is answered with text. */
export function choicesOf(journey: Journey, id: QuestionId): readonly Choice[] | undefined {
  return CHOICES[id]?.(journey);
}

/** What the choices come to, beside each other; undefined where their own words say it. */
export function tableOf(journey: Journey, id: QuestionId): Question['table'] {
  return id === 'profile' ? profileTable(Math.max(nodeNames(journey).length, 2)) : undefined;
}
