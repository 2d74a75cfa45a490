import test from 'ava';
import { leavingChanges } from '../../source/engine/leaving.ts';
import { changesToUndo, type Intent } from '../../source/engine/undo.ts';
import { encodeRecords } from '../../source/model/journal/chain.ts';
import type { JournalBody, JournalRecord } from '../../source/model/journal/records.ts';

const intent = (node: string, stage: string, resource: string): JournalBody => ({
  type: 'intent',
  change: `${stage}/${node}/${resource}`,
  stage,
  node,
  resource,
  parts: [],
  undo: [],
});

const journal = (bodies: readonly JournalBody[]): readonly JournalRecord[] =>
  encodeRecords(undefined, bodies, 'now').records;

const bodies = [
  intent('iam-1', 'database', 'sql-user:iam@127.0.0.1'),
  intent('iam-1', 'database', 'sql-user:iam@10.0.4.20'),
  intent('iam-1', 'database', 'sql-user:iam@10.0.4.22'),
  intent('iam-3', 'database', 'packages:database'),
  intent('iam-3', 'services', 'config:iam-apiserver'),
  intent('iam-3', 'reverse-proxy', 'config:nginx/reverse-proxy'),
  intent('iam-1', 'keepalived', 'config:keepalived'),
  intent('iam-3', 'keepalived', 'config:keepalived'),
  intent('iam-3', 'keepalived', 'unit:keepalived'),
];
const FRONT = ['reverse-proxy', 'load-balancer', 'keepalived'];
const place = (name: string, address: string, frontend = true) => ({ name, address, frontend });
const pair = [place('iam-1', '10.0.4.20'), place('iam-2', '10.0.4.21')];
const named = (all: readonly Intent[]) => all.map(({ node, resource }) => `${node} ${resource}`);
const leaving = (places: typeof pair, leavers: readonly string[], records = journal(bodies)) => {
  const { first, last } = leavingChanges(changesToUndo(records, []), places, leavers, FRONT);
  return { first: named(first), last: named(last) };
};

test('a node that leaves: its keepalived first, the newest first; then the rest, and its account', (t) => {
  t.deepEqual(leaving(pair, ['iam-3']), {
    first: ['iam-3 unit:keepalived', 'iam-3 config:keepalived'],
    last: [
      'iam-3 config:nginx/reverse-proxy',
      'iam-3 config:iam-apiserver',
      'iam-3 packages:database',
      'iam-1 sql-user:iam@10.0.4.22',
    ],
  });
});

test('one that becomes a backend only keeps its services and its account', (t) => {
  t.deepEqual(leaving([...pair, place('iam-3', '10.0.4.22', false)], []), {
    first: ['iam-3 unit:keepalived', 'iam-3 config:keepalived'],
    last: ['iam-3 config:nginx/reverse-proxy'],
  });
});

test('nothing leaves a cluster that is as it was', (t) => {
  const none = { first: [], last: [] };
  t.deepEqual(leaving([...pair, place('iam-3', '10.0.4.22')], []), none);
});

test('what was changed on a node that was given up is done with; what comes later counts again', (t) => {
  const givenUp = { type: 'node-given-up', node: 'iam-3', left: [] } as const;
  const gone = leaving(pair, ['iam-3'], journal([...bodies, givenUp]));
  t.deepEqual(gone, { first: [], last: ['iam-1 sql-user:iam@10.0.4.22'] });
  const again = intent('iam-3', 'keepalived', 'unit:keepalived');
  const back = leaving(pair, ['iam-3'], journal([...bodies, givenUp, again]));
  t.deepEqual(back.first, ['iam-3 unit:keepalived']);
});
