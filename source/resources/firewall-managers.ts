import { type InterfaceName, type Ipv4Address, quote } from '../model/index.ts';

/** What is to be let in: a TCP port or VRRP, from one address or (null) from everybody. */
export interface Admission {
  readonly from: Ipv4Address | null;
  readonly what: 'vrrp' | readonly number[];
}

/** A firewall manager's own words: entries are compared as it prints them. */
export interface FirewallManager {
  readonly name: 'ufw' | 'firewalld';
  /** The entries that an admission needs. */
  entries(admission: Admission): readonly string[];
  /** Bash that prints a line `has ENTRY` for each entry that there is, and `end` when it could look. */
  readonly list: string;
  /** Bash, without "set -e": its status tells whether all of them were added or removed. */
  add(entries: readonly string[]): string;
  remove(entries: readonly string[]): string;
}

/** ufw: an entry is what stands behind `ufw` in `ufw show added`. It is in force, and at boot. */
export const ufw: FirewallManager = {
  name: 'ufw',
  entries: ({ from, what }) => {
    const source = from === null ? 'any' : from;
    if (what === 'vrrp') return [`allow from ${source} proto vrrp`];
    if (from === null) return what.map((port) => `allow ${port}/tcp`);
    return [
      `allow from ${from} to any port ${[...what].sort((a, b) => a - b).join(',')} proto tcp`,
    ];
  },
  list: `if added=$(LC_ALL=C ufw show added 2>/dev/null); then
  printf '%s\\n' "$added" | sed -n 's/^ufw /has /p'
  echo end
fi
`,
  add: (entries) => all(entries.map((entry) => `ufw ${words(entry)} >/dev/null`)),
  remove: (entries) => all(entries.map((entry) => `ufw --force delete ${words(entry)} >/dev/null`)),
};

/**
 * firewalld: an entry is `permanent RULE` or `runtime RULE`, with the rule as `--list-rich-rules`
 * prints it, in the zone of the interface. Both are changed without a reload: that would forget what
 * others have in the runtime alone.
 */
export function firewalld(nic: InterfaceName): FirewallManager {
  const zone = `zone=$(firewall-cmd --get-zone-of-interface=${quote(nic)} 2>/dev/null) || zone=$(firewall-cmd --get-default-zone)\n`;
  const change = (verb: 'add' | 'remove') => (entries: readonly string[]) => {
    const commands = (['permanent', 'runtime'] as const).flatMap((scope) => {
      const rules = entries.flatMap((entry) => ruleOf(entry, scope));
      if (rules.length === 0) return [];
      const options = rules.map((rule) => `--${verb}-rich-rule=${quote(rule)}`).join(' ');
      const where = scope === 'permanent' ? '--permanent ' : '';
      return [`firewall-cmd -q ${where}--zone="$zone" ${options}`];
    });
    return `${zone}${all(commands)}`;
  };
  return {
    name: 'firewalld',
    entries: (admission) =>
      richRules(admission).flatMap((rule) => [`permanent ${rule}`, `runtime ${rule}`]),
    list: `${zone}if runtime=$(firewall-cmd --zone="$zone" --list-rich-rules) && permanent=$(firewall-cmd --permanent --zone="$zone" --list-rich-rules); then
  printf '%s\\n' "$runtime" | sed 's/[[:space:]]*$//; s/^/has runtime /'
  printf '%s\\n' "$permanent" | sed 's/[[:space:]]*$//; s/^/has permanent /'
  echo end
fi
`,
    add: change('add'),
    remove: change('remove'),
  };
}

function ruleOf(entry: string, scope: string): readonly string[] {
  return entry.startsWith(`${scope} `) ? [entry.slice(scope.length + 1)] : [];
}

function richRules({ from, what }: Admission): readonly string[] {
  const source = from === null ? '' : ` source address="${from}"`;
  const head = `rule family="ipv4"${source}`;
  if (what === 'vrrp') return [`${head} protocol value="vrrp" accept`];
  return what.map((port) => `${head} port port="${port}" protocol="tcp" accept`);
}

/** Entries are ours: words without anything that a shell could see. */
function words(entry: string): string {
  return entry.split(' ').map(quote).join(' ');
}

/** Every command is tried; the status is bad if one was. */
function all(commands: readonly string[]): string {
  return `bad=0\n${commands.map((one) => `${one} </dev/null || bad=1\n`).join('')}[[ $bad == 0 ]]\n`;
}
