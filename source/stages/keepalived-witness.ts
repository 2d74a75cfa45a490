import { appliedCheckId, type Resource } from '../model/index.ts';
import { configSet } from '../resources/config-set.ts';
import { retiredFolder, retiredSysctl } from '../resources/retired-settings.ts';
import { retiredUnit } from '../resources/retired-unit.ts';
import { sysctl } from '../resources/sysctl.ts';
import { tmpfiles } from '../resources/tmpfiles.ts';
import { unit } from '../resources/unit.ts';
import type { Frontend } from './frontend.ts';
import { STATE_FOLDER, SYSCTL, TMPFILES, WITNESS, witnessFiles } from './keepalived-files.ts';
import type { StageInput } from './stage-input.ts';

const SET = 'keepalived/witness';
const FOLDER = { config: TMPFILES, folder: STATE_FOLDER, files: [`${STATE_FOLDER}/nginx`] };
const SETTINGS = { arp_ignore: '1', arp_announce: '2' };

/** Runs as soon as nginx does. Never restarted here: its stop would move the VIP. */
export function witness(
  input: StageInput,
  frontend: Frontend,
  installed: string,
): readonly Resource[] {
  const node = frontend.node.name;
  const { nic } = frontend;
  const explainedBy = [installed, appliedCheckId(node, `config:${SET}`)];
  const settings = Object.entries(SETTINGS).map(
    ([name, value]) => [`net/ipv4/conf/${nic}/${name}`, value] as const,
  );
  return [
    files(input, frontend, installed),
    tmpfiles({ node, ...FOLDER, explainedBy }),
    sysctl({ node, name: nic, settings: Object.fromEntries(settings), explainedBy }),
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
  const { nic } = frontend;
  const explainedBy = [installed, appliedCheckId(node, 'config:keepalived')];
  return [
    retiredUnit({ node, unit: WITNESS, explainedBy }),
    retiredFolder({ node, ...FOLDER, explainedBy }),
    retiredSysctl({ node, nic, config: SYSCTL, settings: SETTINGS, explainedBy }),
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
