import { appliedCheckId, type Resource } from '../model/index.ts';
import { configSet } from '../resources/config-set.ts';
import { retiredFolder } from '../resources/retired-settings.ts';
import { retiredUnit } from '../resources/retired-unit.ts';
import { tmpfiles } from '../resources/tmpfiles.ts';
import { unit } from '../resources/unit.ts';
import type { Frontend } from './frontend.ts';
import { STATE_FOLDER, TMPFILES, WITNESS, witnessFiles } from './keepalived-files.ts';
import type { StageInput } from './stage-input.ts';

const SET = 'keepalived/witness';
const FOLDER = { config: TMPFILES, folder: STATE_FOLDER, files: [`${STATE_FOLDER}/nginx`] };

/** Runs as soon as nginx does. Never restarted here: its stop would move the VIP. */
export function witness(
  input: StageInput,
  frontend: Frontend,
  installed: string,
): readonly Resource[] {
  const node = frontend.node.name;
  const explainedBy = [installed, appliedCheckId(node, `config:${SET}`)];
  return [
    files(input, frontend, installed),
    tmpfiles({ node, ...FOLDER, explainedBy }),
    unit({
      node,
      unit: WITNESS,
      downCode: 'unit-not-running',
      explainedBy: [...explainedBy, appliedCheckId(node, 'unit:nginx')],
    }),
  ];
}

/** Of a profile that does without it: all of it goes, its files last, by which the rest is found. */
export function retiredWitness(
  input: StageInput,
  frontend: Frontend,
  installed: string,
): readonly Resource[] {
  const node = frontend.node.name;
  const explainedBy = [installed, appliedCheckId(node, 'config:keepalived')];
  return [
    retiredUnit({ node, unit: WITNESS, explainedBy }),
    retiredFolder({ node, ...FOLDER, explainedBy }),
    files(input, frontend, installed),
  ];
}

function files(input: StageInput, frontend: Frontend, installed: string): Resource {
  return configSet({
    node: frontend.node.name,
    name: SET,
    files: witnessFiles(input, frontend),
    removesObsolete: true,
    consents: input.consents,
    session: input.session,
    explainedBy: [installed],
  });
}
