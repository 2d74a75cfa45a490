import { type Cluster, whereabouts } from '../../cluster/index.ts';
import { type Problem, problem } from '../../model/index.ts';
import { LONG_SECONDS } from '../../resources/own-command.ts';
import type { Runbook } from '../runbook.ts';
import { nodesAt } from './plan.ts';
import type { OwnStep, Place } from './schema.ts';

/** A part of a step, with the field where it stands. */
interface Placed {
  readonly own: OwnStep;
  readonly at: string;
}

function ownSteps(runbook: Runbook): readonly Placed[] {
  return runbook.stages.flatMap(({ id, own }) =>
    own ? [{ own, at: `${runbook.fields.get(id)}.${own.kind}` }] : [],
  );
}

/** The names of the variables that the runbook's steps need, with the fields that name them. */
export function secretsOf(
  runbook: Runbook,
): readonly { readonly variable: string; readonly field: string }[] {
  return ownSteps(runbook).flatMap(({ own, at }) => {
    const [names, field] = namesOf(own, at);
    return names.map((variable, index) => ({ variable, field: `${field}.secrets[${index}]` }));
  });
}

function namesOf(own: OwnStep, at: string): readonly [readonly string[], string] {
  switch (own.kind) {
    case 'manual':
      return [own.manual.check?.secrets ?? [], `${at}.check`];
    case 'command':
      return [own.command.secrets, at];
    case 'check':
      return [own.check.secrets, at];
  }
}

/** What is wrong with the steps whatever the cluster is. */
export function stepProblems(runbook: Runbook): readonly Problem[] {
  return ownSteps(runbook).flatMap(({ own, at }) => {
    if (own.kind !== 'command') return [];
    const { secrets, timeout, undo } = own.command;
    const where = (part: string) => whereabouts(runbook, `${at}.${part}`);
    const long =
      secrets.length > 0 && timeout > LONG_SECONDS
        ? [problem('own-step-long-secret', { most: LONG_SECONDS, timeout }, where('timeout'))]
        : [];
    const used = secrets.filter((name) => new RegExp(`\\$\\{?${name}\\b`).test(undo ?? ''));
    return [
      ...long,
      ...used.map((variable) => problem('own-undo-secret', { variable }, where('undo'))),
    ];
  });
}

/** What is wrong with the steps for this cluster: nodes that it does not have. */
export function placeProblems(runbook: Runbook, cluster: Cluster): readonly Problem[] {
  const nodes = cluster.nodes.map(({ name }) => name).join(', ');
  return ownSteps(runbook).flatMap(({ own, at }) =>
    placesOf(own, at).flatMap(({ place, field }) => {
      if (typeof place !== 'string') {
        const unknown = place.filter((name) => !cluster.nodes.some((node) => node.name === name));
        return unknown.map((found) =>
          problem('own-step-unknown-node', { found, nodes }, whereabouts(runbook, field)),
        );
      }
      if (nodesAt(cluster, place).length > 0) return [];
      return [problem('own-step-nowhere', { place }, whereabouts(runbook, field))];
    }),
  );
}

function placesOf(own: OwnStep, at: string) {
  const found = (place: 'here' | Place | undefined, field: string) =>
    place === undefined || place === 'here' ? [] : [{ place, field }];
  switch (own.kind) {
    case 'manual':
      return found(own.manual.check?.from, `${at}.check.from`);
    case 'command':
      return found(own.command.on, `${at}.on`);
    case 'check':
      return found(own.check.from, `${at}.from`);
  }
}
