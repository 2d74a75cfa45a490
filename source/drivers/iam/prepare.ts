import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Architecture, Message, Whereabouts } from '../../model/index.ts';
import { folderOfArchive, isAddress, unpackArchive, verifyArchive } from './archive.ts';
import { filledOnce } from './cache.ts';
import { type IamFolder, isStandIn, readIamFolder } from './folder.ts';
import { buildIam, type IamRelease } from './go-build.ts';
import type { RunProgram } from './program.ts';
import { requireGo } from './toolchain.ts';

/** Where IAM is to be had from. */
export type IamPlace =
  | { readonly kind: 'directory'; readonly path: string }
  /** `path`: a file, or an https address. */
  | { readonly kind: 'archive'; readonly path: string; readonly sha256: string }
  | { readonly kind: 'go'; readonly release: IamRelease };

/** IAM, ready to be copied to the nodes. */
export interface PreparedIam extends IamFolder {
  /** Of a build from the Go module: "v1.6.2". */
  readonly version?: string;
  /** Whether the pump was built with the line that lets it read audit records. */
  readonly mended: boolean;
}

export interface Preparing {
  readonly pumpMend: boolean;
  /** Of the nodes. */
  readonly architecture: Architecture;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** See `iamCacheFolder`. */
  readonly cache: string;
  readonly run: RunProgram;
  /** Ends a download. */
  readonly signal: AbortSignal;
  readonly report: (text: Message, done?: number, total?: number) => void;
  /** Where the source stands in the cluster file. */
  readonly where: Whereabouts;
}

/**
 * Gets IAM from its place. What was built or unpacked once is in the cache.
 *
 * @throws OperatorError when it cannot be had, or is not whole
 */
export async function prepareIam(source: IamPlace, preparing: Preparing): Promise<PreparedIam> {
  switch (source.kind) {
    case 'directory':
      return { ...(await readIamFolder(source.path, preparing.where)), mended: false };
    case 'archive':
      return { ...(await fromArchive(source, preparing)), mended: false };
    case 'go':
      return fromGo(source.release, preparing);
  }
}

type ArchiveSource = Extract<IamPlace, { kind: 'archive' }>;

async function fromArchive(source: ArchiveSource, preparing: Preparing): Promise<IamFolder> {
  const archive = { ...preparing, ...source };
  // a file that is not the one that was declared is refused, whatever the cache has
  if (!isAddress(source.path)) await verifyArchive(source.path, archive);
  const name = `archive-${source.sha256.slice(0, 24)}`;
  const unpacked = await filledOnce(preparing.cache, name, (part) => unpackArchive(part, archive));
  return readIamFolder(await folderOfArchive(unpacked), preparing.where);
}

/** The cached folder of a build; its name says all that the build depends on, but for Go's version. */
export function buildName(version: string, mended: boolean, architecture: Architecture): string {
  return ['go', version, ...(mended ? ['mended'] : []), 'linux', architecture].join('-');
}

/** What of the source is known without having it. */
export interface IamOrigin {
  readonly standIn: boolean;
  readonly version?: string;
  /** "v1.6.2", or the folder or archive. */
  readonly from: string;
}

export async function iamOrigin(source: IamPlace): Promise<IamOrigin> {
  switch (source.kind) {
    case 'directory':
      return { standIn: await isStandIn(source.path), from: source.path };
    case 'archive':
      return { standIn: false, from: source.path };
    case 'go':
      return { standIn: false, version: source.release.version, from: source.release.version };
  }
}

/**
 * That a build can be made, or has been: asked before anything else is begun.
 *
 * @throws OperatorError "go-missing", "go-too-old", exit 64
 */
export async function verifyBuildable(version: string, preparing: Preparing): Promise<void> {
  const { pumpMend, cache, env, where } = preparing;
  const names = (['x86_64', 'aarch64'] as const).map((one) => buildName(version, pumpMend, one));
  if (names.some((name) => existsSync(join(cache, name)))) return;
  await requireGo(env, where);
}

async function fromGo(release: IamRelease, preparing: Preparing): Promise<PreparedIam> {
  const { pumpMend: mended, architecture, cache, env, where } = preparing;
  const { version } = release;
  const folder = await filledOnce(cache, buildName(version, mended, architecture), async (part) => {
    await requireGo(env, where);
    await buildIam(part, { ...preparing, release, mended, go: 'go' });
  });
  return { ...(await readIamFolder(folder, where)), version, mended };
}
