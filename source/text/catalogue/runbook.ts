import type { CatalogueArea } from '../catalogue.ts';

/** What is wrong in a runbook. */
export const runbook = {
  messages: {},
  problems: {
    'not-a-runbook': {
      title: { en: 'This is not a runbook', zh: '这不是流程文件' },
      cause: {
        en: 'A runbook is a list of “key: value” lines and begins with version: 1.',
        zh: '流程文件由“键: 值”组成，以 version: 1 开头。',
      },
      next: {
        en: ['Compare it with runbooks/iam-ha.yaml.'],
        zh: ['请与 runbooks/iam-ha.yaml 对照。'],
      },
    },
    'unknown-runbook-version': {
      title: { en: '{field}: this runbook is of version {found}', zh: '{field}：流程版本 {found}' },
      cause: {
        en: 'This program reads version 1.',
        zh: '本程序只读版本 1。',
      },
      next: { en: ['Write version: 1.'], zh: ['请写 version: 1。'] },
    },
    'expected-text': {
      title: { en: '{field}: one line of text is expected', zh: '{field}：这里应为一行文字' },
      cause: {
        en: 'It is empty, has several lines, or YAML took it for something else: a number, a list.',
        zh: '它是空的、有多行，或者被 YAML 当成了别的东西：数字、列表。',
      },
      next: { en: ['Put quotes around it.'], zh: ['加上引号。'] },
    },
    'invalid-stage-name': {
      title: { en: '{field}: {found} cannot be a name', zh: '{field}：{found} 不能作为名称' },
      cause: {
        en: 'A name has small letters, digits and single hyphens.',
        zh: '名称由小写字母、数字和单个连字符组成。',
      },
      next: { en: ['Write it like reverse-proxy.'], zh: ['写法如 reverse-proxy。'] },
    },
    'invalid-line-range': {
      title: { en: '{field}: two line numbers are expected', zh: '{field}：这里应为两个行号' },
      cause: {
        en: 'It is the first and the last line of the stage’s place in the lecture.',
        zh: '它是本阶段在课程中的起始行和结束行。',
      },
      next: { en: ['Write it like [55, 158].'], zh: ['写法如 [55, 158]。'] },
    },
    'unknown-runbook-stage': {
      title: { en: 'There is no stage {found}', zh: '没有阶段 {found}' },
      cause: {
        en: 'It is misspelt, or this version does not have it. There are: {known}.',
        zh: '名称有误，或者本版本还没有它。现有：{known}。',
      },
      next: {
        en: ['Mend the name, or mark the stage with later: true.'],
        zh: ['改正名称，或者用 later: true 标记该阶段。'],
      },
    },
    'runbook-stage-twice': {
      title: { en: 'The stage {stage} is there twice', zh: '阶段 {stage} 出现了两次' },
      cause: { en: 'Each stage is done once.', zh: '每个阶段只做一次。' },
      next: { en: ['Remove one of them.'], zh: ['删去其中一个。'] },
    },
    'runbook-stage-too-early': {
      title: { en: '{stage} needs {needs} before it', zh: '{stage} 之前需要 {needs}' },
      cause: {
        en: 'The stages are done in the order in which they stand.',
        zh: '各阶段按书写的顺序执行。',
      },
      next: {
        en: [
          'Put {stage} below {needs}; if these are left out on purpose, leave {stage} out, too.',
        ],
        zh: ['把 {stage} 移到 {needs} 之后；如果有意去掉它们，请把 {stage} 也去掉。'],
      },
    },
  },
} as const satisfies CatalogueArea;
