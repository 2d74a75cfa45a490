import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { Courier, type NodeConnection } from '../../../source/drivers/ssh/index.ts';
import {
  type NodeName,
  type RunResult,
  revealContent,
  type UploadAction,
} from '../../../source/model/index.ts';

const FROM = join(mkdtempSync(join(tmpdir(), 'iam-courier-')), 'iam-pump');
writeFileSync(FROM, 'pump');

const SHA = 'a'.repeat(64);
const ADDRESSES = { 'iam-1': '10.0.4.20', 'iam-2': '10.0.4.21', 'iam-3': '10.0.4.22' } as const;
type Name = keyof typeof ADDRESSES;
const NAMES = Object.keys(ADDRESSES) as Name[];

function action(node: Name): UploadAction {
  const peers = NAMES.filter((one) => one !== node).map((one) => ({
    node: one as NodeName,
    address: ADDRESSES[one],
  }));
  const exchange = { port: 8081, address: ADDRESSES[node], peers };
  const to = '/opt/iam/bin/iam-pump';
  const file = { from: FROM, sha256: SHA, to, mode: '0755', owner: 'root:root' };
  return { kind: 'upload', node: node as NodeName, ...file, exchange };
}

const exited = (stdout = '', exitCode = 0, stderr = ''): RunResult => ({
  kind: 'exited',
  exitCode,
  stdout,
  stderr,
});
const LOST: RunResult = {
  kind: 'disconnected',
  problem: { code: 'ssh-disconnected' },
  stdout: '',
  stderr: '',
};

interface World {
  /** What each node has: "there", "packed N", "". */
  readonly has: Record<Name, string>;
  /** Answers instead of the usual ones, by "NODE what". */
  readonly answers?: Readonly<Record<string, readonly RunResult[]>>;
}

/** Nodes that do what the scripts would; what was done to whom is in `log`. */
function world({ has, answers = {} }: World) {
  const log: string[] = [];
  const said: string[] = [];
  const left = new Map(Object.entries(answers).map(([key, list]) => [key, [...list]]));
  const answer = (key: string, usual: () => RunResult) => {
    log.push(key);
    return left.get(key)?.shift() ?? usual();
  };
  const connection = (node: Name) =>
    ({
      run: async (script, { onOutput }) => {
        const text = revealContent(script);
        if (text.includes('systemd-run')) return answer(`${node} shares`, () => exited());
        if (text.includes('systemctl stop')) return answer(`${node} closes`, () => exited());
        if (!text.includes('/dev/tcp/')) return answer(`${node} looks`, () => exited(has[node]));
        const form = text.includes('part=$packed') ? 'pieces' : 'whole';
        return answer(`${node} fetches ${form}`, () => {
          if (form === 'whole') has[node] = 'there';
          onOutput?.('2\n4\n');
          return exited();
        });
      },
      upload: async (_from, _to, { packed }) =>
        answer(`${node} gets ${packed ? 'gz' : 'it'}`, () => {
          has[node] = 'there';
          return exited();
        }),
    }) as NodeConnection;
  let packings = 0;
  const courier = new Courier({
    call: (node, use) => use(connection(node as Name)),
    pack: async (path) => {
      packings += 1;
      return { path: `${path}.gz`, bytes: 3 };
    },
  });
  const upload = (node: Name, signal?: AbortSignal) =>
    courier.upload(action(node), {
      timeoutMs: 1000,
      ...(signal ? { signal } : {}),
      onProgress: ({ code, params }, done) =>
        void said.push([code, params?.peer, params?.why, done].filter(Boolean).join(' ')),
    });
  const moved = () => log.filter((line) => !/ (looks|closes|shares)$/.test(line));
  return { log, said, upload, moved, packings: () => packings };
}

const NOBODY = { 'iam-1': '', 'iam-2': '', 'iam-3': '' };

test('of three nodes that ask at once one gets it from here, the others from a node', async (t) => {
  const { upload, moved, packings } = world({ has: { ...NOBODY } });
  const ends = await Promise.all(NAMES.map((node) => upload(node)));
  t.true(ends.every((end) => end.kind === 'exited' && end.exitCode === 0));
  t.deepEqual(moved(), ['iam-1 gets gz', 'iam-2 fetches whole', 'iam-3 fetches whole']);
  t.is(packings(), 1);
});

test('the listener is closed after every passing, also after one that failed', async (t) => {
  const has = { ...NOBODY, 'iam-1': 'there' };
  const answers = { 'iam-3 fetches whole': [exited('', 1, 'no\nnothing came\n')] };
  const { upload, log, said } = world({ has, answers });
  t.like(await upload('iam-3'), { exitCode: 0 });
  t.deepEqual(log.slice(3), [
    'iam-1 shares',
    'iam-3 fetches whole',
    'iam-1 closes',
    'iam-3 gets gz',
  ]);
  t.deepEqual(said, ['upload-peer-failed iam-1 nothing came']);
});

test('a peer that cannot hand it out is said, and the next one asked', async (t) => {
  const has = { ...NOBODY, 'iam-1': 'there', 'iam-2': 'there' };
  const answers = { 'iam-1 shares': [exited('', 1, 'nothing listens')] };
  const { upload, moved, said } = world({ has, answers });
  await upload('iam-3');
  t.deepEqual(moved(), ['iam-3 fetches whole']);
  t.deepEqual(said, ['upload-peer-failed iam-1 nothing listens', 'upload-from-peer iam-2 4']);
});

test('what came broken from a peer is fetched once more', async (t) => {
  const has = { ...NOBODY, 'iam-1': 'there' };
  const { upload, moved } = world({ has, answers: { 'iam-2 fetches whole': [exited('', 94)] } });
  await upload('iam-2');
  t.deepEqual(moved(), ['iam-2 fetches whole', 'iam-2 fetches whole']);
});

test('pieces that a killed run left with another node are not sent again', async (t) => {
  const has = { ...NOBODY, 'iam-2': 'packed 900', 'iam-3': 'packed 500' };
  const { upload, moved } = world({ has });
  await upload('iam-3');
  t.deepEqual(moved(), ['iam-3 fetches pieces', 'iam-3 gets gz']);
});

test('where the node has the most itself, nobody is asked for pieces', async (t) => {
  const has = { ...NOBODY, 'iam-2': 'packed 900', 'iam-3': 'packed 901' };
  const { upload, moved } = world({ has });
  await upload('iam-3');
  t.deepEqual(moved(), ['iam-3 gets gz']);
});

test('a link that breaks is made again; one that stays away is said at last', async (t) => {
  const once = world({ has: { ...NOBODY }, answers: { 'iam-1 gets gz': [LOST] } });
  t.like(await once.upload('iam-1'), { exitCode: 0 });
  t.deepEqual(once.moved(), ['iam-1 gets gz', 'iam-1 gets gz']);
  const gone = world({ has: { ...NOBODY }, answers: { 'iam-1 gets gz': Array(9).fill(LOST) } });
  t.is((await gone.upload('iam-1', AbortSignal.timeout(1500))).kind, 'disconnected');
  t.true(gone.moved().length <= 3, 'an operator who has had enough is not kept waiting');
});

test('a failure of one node does not keep the next one from its turn', async (t) => {
  const { upload, moved } = world({
    has: { ...NOBODY },
    answers: { 'iam-1 gets gz': [exited('', 1, 'No space left on device')] },
  });
  const [first, second] = await Promise.all([upload('iam-1'), upload('iam-2')]);
  t.like(first, { exitCode: 1 });
  t.like(second, { exitCode: 0 });
  t.deepEqual(moved(), ['iam-1 gets gz', 'iam-2 gets gz']);
});

test('what cannot be compressed here is sent as it is, and that is said', async (t) => {
  const calls: string[] = [];
  const courier = new Courier({
    call: (_node, use) =>
      use({
        run: async () => exited(''),
        upload: async (_from: string, _to: string, { packed }: { packed?: object }) => {
          calls.push(packed ? 'gz' : 'it');
          return exited();
        },
      } as never),
    pack: () => Promise.reject(new Error('no space')),
  });
  const said: string[] = [];
  await courier.upload(action('iam-1'), {
    timeoutMs: 1000,
    onProgress: ({ code, params }) => void said.push(`${code} ${params?.why}`),
  });
  t.deepEqual([calls, said], [['it'], ['upload-not-packed no space']]);
});
