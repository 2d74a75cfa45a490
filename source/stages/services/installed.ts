import { daemons } from '../../checks/service-daemons.ts';
import { type Cluster, type ClusterNode, iamReleases, whereabouts } from '../../cluster/index.ts';
import {
  message,
  type NodeFacts,
  type NodeName,
  type Planned,
  type Problem,
  type ProgramFacts,
  problem,
  quote,
  type Resource,
} from '../../model/index.ts';
import type { IamSource, StageInput } from '../stage-input.ts';

/** Where `iam.source: { installed: true }` expects the daemons: where we put them ourselves. */
export const INSTALLED_FOLDER = '/opt/iam/bin';
const MARK = `${INSTALLED_FOLDER}/STAND-IN`;
const fileOf = (daemon: string) => `${INSTALLED_FOLDER}/${daemon}`;

/** What the facts must tell of each node for that. */
export const INSTALLED_FILES: readonly string[] = [...daemons.map(fileOf), MARK];

type Facts = ReadonlyMap<NodeName, NodeFacts>;

/** IAM as the first backend has it: the others must have the same. */
export function installedIam(cluster: Cluster, facts: Facts): Omit<IamSource, 'schema'> {
  const found = backendsOf(cluster).map(({ name }) => facts.get(name)?.programs ?? []);
  const [first = []] = found;
  const versions = new Set(daemons.map((daemon) => programOf(first, daemon)?.version ?? null));
  const [version] = versions;
  return {
    installed: true,
    mended: false,
    standIn: found.some((programs) => programs.some(({ path }) => path === MARK)),
    ...(versions.size === 1 && version ? { version } : {}),
    binaries: daemons.map((daemon) => {
      const program = programOf(first, daemon);
      const kind = program?.kind;
      return {
        ...{ name: daemon, path: fileOf(daemon), sha256: program?.sha256 ?? '', bytes: 0 },
        architecture: kind?.kind === 'linux' ? kind.architecture : null,
      };
    }),
  };
}

/**
 * What keeps installed daemons from being a cluster: missing, for another machine, of a release that
 * is not known, or not the same everywhere. One problem a node, found before anything is changed.
 */
export function installedProblems({ cluster, facts, iam }: StageInput): readonly Problem[] {
  if (!iam.installed) return [];
  const [first, ...others] = backendsOf(cluster);
  const programsOf = ({ name }: ClusterNode) => facts.get(name)?.programs ?? [];
  const own = (node: ClusterNode) => {
    const architecture = facts.get(node.name)?.architecture ?? '';
    return firstOf(
      daemons.map((daemon) => fault(programOf(programsOf(node), daemon), daemon, architecture)),
    );
  };
  const against = (node: ClusterNode) =>
    first &&
    firstOf(
      daemons.map((daemon) =>
        difference(
          programOf(programsOf(node), daemon),
          programOf(programsOf(first), daemon),
          daemon,
          first.name,
        ),
      ),
    );
  return [first, ...others].flatMap((node) => {
    const found = node && (own(node) ?? (node === first ? undefined : against(node)));
    return found ? [{ ...found, ...whereabouts(cluster, 'iam.source'), node: node.name }] : [];
  });
}

function fault(
  program: ProgramFacts | undefined,
  daemon: string,
  has: string,
): Problem | undefined {
  const file = fileOf(daemon);
  if (!program) return problem('iam-not-installed', { daemon, file });
  const { kind, mode, version } = program;
  if (kind.kind === 'unknown') return problem('iam-installed-unusable', { file });
  if (kind.kind === 'linux' && has && kind.architecture !== has) {
    return problem('iam-binary-architecture', { daemon, built: kind.architecture, has });
  }
  // the daemons run as a user of their own
  if ((Number.parseInt(mode, 8) & 0o005) !== 0o005) {
    return problem('iam-installed-mode', { file, mode });
  }
  const known = iamReleases.map((release) => release.version);
  if (version !== null && !known.includes(version)) {
    return problem('iam-installed-version', { daemon, found: version, known: known.join(', ') });
  }
  return undefined;
}

function difference(
  program: ProgramFacts | undefined,
  first: ProgramFacts | undefined,
  daemon: string,
  other: NodeName,
): Problem | undefined {
  if (!program || !first || program.sha256 === first.sha256) return undefined;
  const name = ({ version, sha256 }: ProgramFacts) => version ?? sha256.slice(0, 12);
  const [found, wanted] =
    name(program) === name(first)
      ? [program.sha256.slice(0, 12), first.sha256.slice(0, 12)]
      : [name(program), name(first)];
  return problem('iam-installed-differs', { daemon, file: fileOf(daemon), other, found, wanted });
}

function firstOf(problems: readonly (Problem | undefined)[]): Problem | undefined {
  return problems.find((one) => one !== undefined);
}

function backendsOf({ nodes }: Cluster): readonly ClusterNode[] {
  return nodes.filter(({ roles }) => roles.includes('backend'));
}

function programOf(programs: readonly ProgramFacts[], daemon: string): ProgramFacts | undefined {
  return programs.find(({ path }) => path === fileOf(daemon));
}

/** Somebody else's file that must be there as the facts saw it. It is never written, so nothing is undone. */
export function installedProgram(options: {
  readonly node: NodeName;
  readonly path: string;
  readonly sha256: string;
}): Resource {
  const { node, path, sha256 } = options;
  const daemon = path.slice(path.lastIndexOf('/') + 1);
  return {
    id: `file:${path}`,
    node,
    probe: [`if [[ -f ${quote(path)} ]]; then echo "file $(sha256sum <${quote(path)})"; fi\n`],
    plan: ({ stdout }): Planned => {
      const [, found] = /^file ([0-9a-f]{64})/m.exec(stdout) ?? [];
      const refused = (code: string, params = {}): Planned => ({
        kind: 'refused',
        problem: problem(code, { daemon, file: path, ...params }, { node, file: path }),
      });
      if (!found) return refused('iam-not-installed');
      if (found !== sha256) {
        const [wanted, now] = [sha256.slice(0, 12), found.slice(0, 12)];
        return refused('iam-installed-changed', { wanted, found: now });
      }
      return { kind: 'settled', reason: message('program-installed', { file: path }) };
    },
  };
}
