import type { ListenerFacts, NodeFacts, UnitFacts } from '../../model/index.ts';

/** `KEY=value` and `KEY="value"` lines, as os-release has them. */
export function osOf(text: string): NodeFacts['os'] {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, key, raw = ''] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    if (key) values.set(key, unquoted(raw));
  }
  const value = (key: string) => values.get(key) ?? '';
  return {
    id: value('ID') || 'linux',
    idLike: value('ID_LIKE').split(/\s+/).filter(Boolean),
    versionId: value('VERSION_ID'),
    codename: value('VERSION_CODENAME'),
    prettyName: value('PRETTY_NAME') || value('NAME'),
  };
}

function unquoted(raw: string): string {
  const quoted = /^(["'])(.*)\1\s*$/.exec(raw);
  return quoted ? (quoted[2] ?? '').replace(/\\(["'$`\\])/g, '$1') : raw.trim();
}

/** Of lines as `tcp LISTEN 0 511 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=7,fd=6))`. */
export function listenersOf(text: string): readonly ListenerFacts[] {
  return text.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const [protocol, , , , local = ''] = words;
    if (protocol !== 'tcp' && protocol !== 'udp') return [];
    const colon = local.lastIndexOf(':');
    const port = Number(local.slice(colon + 1));
    if (colon < 0 || !Number.isInteger(port)) return [];
    const process = /users:\(\("([^"]*)"/.exec(line)?.[1] ?? null;
    return [{ protocol, address: bareAddress(local.slice(0, colon)), port, process }];
  });
}

/** Without an interface's name (`127.0.0.53%lo`) and without an IPv6 address's brackets. */
function bareAddress(text: string): string {
  return text.replace(/%.*$/, '').replace(/^\[|\]$/g, '');
}

/**
 * The blocks of `systemctl show`, one for each unit asked, in that order: an alias (`redis`) keeps
 * the name by which it was asked.
 */
export function unitsOf(text: string, asked: readonly string[]): readonly UnitFacts[] {
  const blocks = text.split(/\n\n+/).filter((block) => block.includes('LoadState='));
  if (blocks.length !== asked.length) return [];
  return blocks.map((block, index) => {
    const value = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(block)?.[1] ?? '';
    return {
      name: asked[index]!,
      load: value('LoadState'),
      active: value('ActiveState'),
      enabled: value('UnitFileState'),
    };
  });
}

export function packagesOf(text: string): Readonly<Record<string, string>> {
  const pairs = text.split('\n').map((line) => line.trim().split(' '));
  return Object.fromEntries(
    pairs.flatMap(([name, version]) => (name && version ? [[name, version]] : [])),
  );
}

/** Of `df --output=file,avail,iavail`; a file system without a limit on inodes prints "-" or 0. */
export function disksOf(text: string): NodeFacts['disks'] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [path, free, inodes] = line.trim().split(/\s+/);
      if (!path?.startsWith('/') || free === undefined) return [];
      const count = Number(inodes);
      return [
        {
          path,
          freeMiB: Math.floor(Number(free) / 1024),
          freeInodes: Number.isInteger(count) && count > 0 ? count : null,
        },
      ];
    });
}
