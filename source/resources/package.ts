import {
  message,
  type NodeName,
  type Planned,
  quote,
  type Resource,
  type UndoStep,
} from '../model/index.ts';
import type { Platform } from '../platforms/index.ts';
import { installScript } from './package-install.ts';
import { settled, unreadable } from './planned.ts';
import { probeLines } from './probe-files.ts';

export interface PackagesOptions {
  readonly node: NodeName;
  readonly stage: string;
  readonly platform: Platform;
  /** The distribution's names. */
  readonly names: readonly string[];
}

/** A large download on a slow line. */
const TIMEOUT_MS = 1_800_000;

/** Packages that must be installed, whatever their version. They stay at an undo, unless it is asked to remove them. */
export function packages(options: PackagesOptions): Resource {
  const id = `packages:${options.stage}`;
  const names = [...new Set(options.names)];
  return {
    id,
    node: options.node,
    disturbsNothing: true,
    probe: [packagesProbe(options.platform, names)],
    plan: ({ stdout, stderr }): Planned => {
      const lines = probeLines(stdout);
      if (!lines.some((line) => line[0] === 'end')) return unreadable(options.node, id, stderr);
      const installed = new Set(
        lines.flatMap((line) => (line[0] === 'has' ? line.slice(1, 2) : [])),
      );
      return planPackages(
        options,
        names,
        names.filter((name) => !installed.has(name)),
      );
    },
  };
}

/** Prints `has NAME` for each package that is installed whole. */
function packagesProbe(platform: Platform, names: readonly string[]): string {
  const words = names.map(quote).join(' ');
  const query =
    platform.packageManager === 'apt'
      ? `dpkg-query -W -f '\${db:Status-Status} has \${Package}\\n' -- ${words} 2>/dev/null | sed -n 's/^installed //p'`
      : `for name in ${words}; do rpm -q --quiet --whatprovides "$name" 2>/dev/null && printf 'has %s\\n' "$name"; done`;
  return `export LC_ALL=C\n${query}\necho end\n`;
}

function planPackages(
  { node, stage, platform }: PackagesOptions,
  names: readonly string[],
  missing: readonly string[],
): Planned {
  const [first, ...rest] = missing.map((name) => ({
    resource: `package:${name}`,
    summary: message('package-install', { package: name }),
    effect: 'none' as const,
  }));
  if (!first) return settled('packages-installed', { packages: names.join(', ') });
  return {
    kind: 'change',
    change: {
      parts: [first, ...rest],
      actions: [
        {
          kind: 'long',
          node,
          name: `packages-${stage}`,
          script: installScript(platform.packageManager, missing),
          timeoutMs: TIMEOUT_MS,
        },
      ],
      undo: missing.map(
        (name): UndoStep => ({
          kind: 'keep',
          resource: `package:${name}`,
          removePackages: [name],
        }),
      ),
    },
  };
}
