import { asideCheckId } from '../checks/standby-aside.ts';
import { frontendPeersOf, type VrrpSettings, vipAddress } from '../cluster/index.ts';
import { appliedCheckId, type Resource } from '../model/index.ts';
import { vrrpSettings } from '../resources/vrrp-settings.ts';
import type { Frontend } from './frontend.ts';
import { keepalivedConfig, timersOf } from './keepalived-files.ts';
import type { StageInput } from './stage-input.ts';

/** What a front end's adverts are to be like. Version 3 has no passwords. */
function settingsOf(input: StageInput, frontend: Frontend): VrrpSettings {
  const { version, advertMs } = timersOf(input, frontend);
  const { vrid } = input.cluster.vip;
  const password = input.secrets.vrrpPassword;
  return { version, advertMs, vrid, ...(version === 2 ? { password } : {}) };
}

/** Whom a front end is to hear, and what. */
export function agreedBy(input: StageInput, frontend: Frontend) {
  const { cluster } = input;
  const { node } = frontend;
  return {
    node: node.name,
    vip: vipAddress(cluster),
    address: node.address,
    peers: frontendPeersOf(cluster, node).map(({ address }) => address),
    settings: settingsOf(input, frontend),
  };
}

export function agreementOf(input: StageInput, frontend: Frontend, installed: string): Resource {
  const node = frontend.node.name;
  return vrrpSettings({
    ...agreedBy(input, frontend),
    file: keepalivedConfig(input, frontend),
    set: 'keepalived',
    explainedBy: [installed, asideCheckId(node), appliedCheckId(node, 'config:keepalived')],
  });
}
