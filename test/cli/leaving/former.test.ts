import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { formerOf } from '../../../source/cli/leaving/company.ts';
import { noteWhoLeft } from '../../../source/cli/leaving/note.ts';
import { type Cluster, parseCluster } from '../../../source/cluster/index.ts';
import { openJournal, sessionPaths } from '../../../source/drivers/session/store.ts';
import { type JournalPort, OperatorError } from '../../../source/model/index.ts';
import { YAML } from '../../stages/_proxy-input.ts';

const third = (
  text: string,
  line = '  - { name: iam-3, address: 10.0.4.22, ssh: { port: 2222 } }',
) => text.replace('domains:', `${line}\ndomains:`);

function cluster(text: string): Cluster {
  const parsed = parseCluster(text, '/cluster.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.cluster;
}

/** A session whose copy is `before`, with a change on each of `changed`. */
async function session(before: string, changed: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-left-'));
  const paths = {
    ...sessionPaths(folder, 's'),
    journal: join(folder, 'j'),
    cluster: join(folder, 'c'),
  };
  writeFileSync(paths.cluster, before);
  const journal = await openJournal(paths);
  await journal.append(
    changed.map((node) => ({
      type: 'intent',
      change: node,
      stage: 'services',
      node,
      resource: 'x',
      parts: [],
      undo: [],
    })),
  );
  return { paths, journal, remove: () => rmSync(folder, { recursive: true }) };
}

const problemOf = (journal: JournalPort, now: Cluster, command = 'apply') => {
  try {
    formerOf(command, journal.records(), now);
    return undefined;
  } catch (error) {
    return error instanceof OperatorError ? error.problems[0].code : String(error);
  }
};

test('how a node that left is reached is noted before the copy is written over, and lasts', async (t) => {
  const { paths, journal, remove } = await session(third(YAML), ['iam-1', 'iam-2', 'iam-3']);
  const now = cluster(YAML);
  await noteWhoLeft(paths, journal, now);
  writeFileSync(paths.cluster, YAML);
  await noteWhoLeft(paths, journal, now);
  const notes = journal.records().filter(({ type }) => type === 'node-left');
  t.is(notes.length, 1);
  const [former, ...more] = formerOf('apply', journal.records(), now);
  t.is(more.length, 0);
  t.like(former, { node: { name: 'iam-3', address: '10.0.4.22', ssh: { port: 2222 } } });
  t.is(former?.nowCalled, undefined);
  t.deepEqual(formerOf('check', journal.records(), now), []);
  t.deepEqual(formerOf('apply', journal.records(), cluster(third(YAML))), []);
  remove();
});

test('a node of which nothing was changed leaves without a note', async (t) => {
  const { paths, journal, remove } = await session(third(YAML), ['iam-1', 'iam-2']);
  await noteWhoLeft(paths, journal, cluster(YAML));
  t.is(journal.records().length, 2);
  remove();
});

test('another name for the same machine is no departure, but an undo still reaches it', async (t) => {
  const { paths, journal, remove } = await session(third(YAML), ['iam-1', 'iam-3']);
  const now = cluster(third(YAML, '  - { name: iam-c, address: 10.0.4.22, ssh: { port: 22 } }'));
  await noteWhoLeft(paths, journal, now);
  const [former] = formerOf('undo', journal.records(), now);
  t.like(former, { nowCalled: 'iam-c', node: { name: 'iam-3', ssh: { port: 22 } } });
  t.is(problemOf(journal, now), undefined);
  remove();
});

test('the data node, every node, and a node that nobody can reach any more: refused', async (t) => {
  const other = YAML.replaceAll('iam-1', 'db-1').replace('10.0.4.20', '10.0.4.30');
  const data = await session(YAML, ['iam-1', 'iam-2']);
  await noteWhoLeft(data.paths, data.journal, cluster(other));
  t.is(problemOf(data.journal, cluster(other)), 'data-node-left');
  t.is(problemOf(data.journal, cluster(other), 'undo'), undefined);
  const all = await session(YAML, ['iam-2']);
  const renamed = cluster(YAML.replace('iam-2', 'iam-9').replace('10.0.4.21', '10.0.4.29'));
  await noteWhoLeft(all.paths, all.journal, renamed);
  t.is(problemOf(all.journal, renamed), 'every-node-left');
  const lost = await session('', ['iam-1', 'iam-3']);
  await noteWhoLeft(lost.paths, lost.journal, cluster(YAML));
  t.is(problemOf(lost.journal, cluster(YAML)), 'node-not-in-file');
  for (const { remove } of [data, all, lost]) remove();
});
