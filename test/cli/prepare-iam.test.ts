import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import type { Io } from '../../source/cli/io.ts';
import { iamPreparer } from '../../source/cli/prepare-iam.ts';
import { type NodeFacts, type NodeName, OperatorError } from '../../source/model/index.ts';
import { changed, clusterOf, SHORT } from '../cluster/_examples.ts';

const STAND_IN = fileURLToPath(new URL('../../assets/stand-in', import.meta.url));

/** A folder of IAM whose pump was built for another machine: an ELF header is enough to see it. */
function folderFor(machine: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'iam-prepare-'));
  cpSync(STAND_IN, folder, { recursive: true });
  const head = Buffer.alloc(64);
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  head.writeUInt16LE(machine, 18);
  writeFileSync(join(folder, 'iam-pump'), head);
  return folder;
}

function preparer(folder: string) {
  const cluster = clusterOf(changed(SHORT, './dist', folder));
  const io = { environment: {}, emit: () => {} } as unknown as Io;
  return { cluster, iam: iamPreparer(io, cluster, new AbortController().signal) };
}

const factsOf = (architecture: string, names: readonly NodeName[]) =>
  new Map(names.map((node) => [node, { node, architecture } as NodeFacts]));

test('a daemon for another architecture is refused for the node that it would not start on', async (t) => {
  const folder = folderFor(0xb7);
  const { cluster, iam } = preparer(folder);
  await iam.early();
  const names = cluster.nodes.map(({ name }) => name);
  const refused = await t.throwsAsync<OperatorError>(iam.forNodes(factsOf('x86_64', names)), {
    instanceOf: OperatorError,
  });
  t.is(refused?.exitCode, 1);
  t.like(refused?.problems[0], {
    code: 'iam-binary-architecture',
    node: names[0],
    params: { daemon: 'iam-pump', built: 'aarch64', has: 'x86_64' },
  });
  t.is((await iam.forNodes(factsOf('aarch64', names))).binaries.length, 3);
  rmSync(folder, { recursive: true });
});

test('what this computer alone can know is said before a node is asked', async (t) => {
  const folder = folderFor(0x3e);
  writeFileSync(join(folder, 'iam-pump'), 'not a program');
  const refused = await t.throwsAsync<OperatorError>(preparer(folder).iam.early());
  t.is(refused?.exitCode, 64);
  t.like(refused?.problems[0], { code: 'iam-binary-unusable', field: 'iam.source' });
  rmSync(folder, { recursive: true });
});
