import { settingsInFile, type VrrpSettings } from '../cluster/index.ts';
import {
  type Action,
  type Change,
  type Content,
  content,
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
  type UndoStep,
} from '../model/index.ts';
import { ASIDE_UNIT, holdsVip } from '../platforms/holds-vip.ts';
import type { DesiredFile } from './config-set-options.ts';
import { settled, unreadable } from './planned.ts';
import { recordPath } from './state.ts';
import { ASIDE, aheadScript, asideScript } from './vrrp-settings-script.ts';

export interface VrrpSettingsOptions {
  readonly node: NodeName;
  readonly vip: string;
  readonly address: string;
  readonly peers: readonly string[];
  readonly settings: VrrpSettings;
  /** keepalived.conf with these settings. */
  readonly file: DesiredFile;
  /** The set that writes it. */
  readonly set: string;
  readonly explainedBy?: readonly string[];
}

/** Who has the VIP comes before those who step aside for it. */
const AHEAD = 1;
const ASIDE_TURN = 2;

/**
 * Nodes that disagree about VRRP's version, interval, password or VRID do not hear each other, and
 * after three intervals both have the VIP. So before any of these changes the standbys' keepalived
 * stops; the one that has the VIP goes on, and reloads; then the standbys start. The new
 * configuration is tested on every node before it stops or reloads anything.
 *
 * A timer on the standby starts its keepalived again should nobody else do it: with the new file if
 * by then the new settings are what it hears, else with its old one.
 */
export function vrrpSettings(options: VrrpSettingsOptions): Resource {
  const id = `vrrp-settings:${options.set}`;
  return {
    id,
    node: options.node,
    probe: probeScript(options),
    plan: ({ stdout, stderr }): Planned => {
      const words = new Set(stdout.split(/\s+/));
      if (!words.has('end')) return unreadable(options.node, id, stderr);
      return planSettings(id, options, words);
    },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}

/** What is in the file counts as loaded, unless the set's record says that it is still to be. */
function probeScript({ vip, settings, file, set }: VrrpSettingsOptions): Content {
  return content`${holdsVip(vip)}holds && echo holds
systemctl is-active --quiet keepalived && echo active
systemctl is-enabled --quiet keepalived 2>/dev/null && echo enabled
systemctl is-active --quiet ${ASIDE_UNIT}.timer ${ASIDE_UNIT}.service && echo armed
record=${quote(recordPath(set))}
[[ -f $record ]] && ! grep -q '^loaded ' "$record" && echo pending
version=2 vrid= advert=1 word=
while read -r key value _; do
  case $key in
    vrrp_version) version=$value ;;
    virtual_router_id) vrid=$value ;;
    advert_int) advert=$value ;;
    auth_pass) word=$value ;;
  esac
done < <(sed 's/[#!].*//' ${quote(file.path)} 2>/dev/null)
wanted=$(cat <<'IAMHA_WANTED'
${settingsInFile(settings)}
IAMHA_WANTED
)
[[ "$version $vrid $advert $word" == "$wanted" ]] || echo differs
echo end
`;
}

function planSettings(
  id: string,
  options: VrrpSettingsOptions,
  words: ReadonlySet<string>,
): Planned {
  const isAside = !words.has('active') && words.has('armed');
  const isDue = words.has('active') && (words.has('differs') || words.has('pending'));
  if (!isAside && !isDue) return settled('vrrp-settings-right');
  const change = words.has('holds')
    ? aheadChange(id, options)
    : asideChange(id, options, { isAside, isEnabled: words.has('enabled') });
  return { kind: 'change', change };
}

function act(node: NodeName, script: Content): Action {
  return { kind: 'script', node, script, timeoutMs: 30_000 };
}

function aheadChange(id: string, options: VrrpSettingsOptions): Change {
  const { node, file } = options;
  return {
    parts: [{ resource: id, summary: message('vrrp-settings-test'), effect: 'none' }],
    actions: [act(node, aheadScript(options))],
    undo: [],
    drift: problem('vrrp-settings-differ', { file: file.path }, { node }),
    turn: AHEAD,
  };
}

function asideChange(
  id: string,
  options: VrrpSettingsOptions,
  { isAside, isEnabled }: { readonly isAside: boolean; readonly isEnabled: boolean },
): Change {
  const { node, file } = options;
  const code = isAside ? 'vrrp-settings-still-aside' : 'vrrp-settings-aside';
  // Of a whole change: the standby's start is taken back, the holder has its old file, and it starts.
  const start: UndoStep = {
    kind: 'restore-unit',
    unit: 'keepalived',
    active: true,
    enabled: isEnabled,
  };
  return {
    parts: [{ resource: id, summary: message(code), effect: 'none' }],
    actions: [act(node, asideScript(options))],
    undo: [{ kind: 'script', resource: id, script: DISARM }, ...(isAside ? [] : [start])],
    drift: problem('vrrp-settings-differ', { file: file.path }, { node }),
    turn: ASIDE_TURN,
  };
}

/** Once the standby's keepalived runs again: nothing waits for it any more. */
export const DISARM = `systemctl stop ${ASIDE_UNIT}.timer ${ASIDE_UNIT}.service 2>/dev/null
rm -rf ${ASIDE}
true
`;
