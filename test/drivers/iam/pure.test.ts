import test from 'ava';
import { failureCode } from '../../../source/drivers/iam/go-build.ts';
import { mendPump } from '../../../source/drivers/iam/mend.ts';
import { readGoVersion } from '../../../source/drivers/iam/toolchain.ts';
import { binaryKind } from '../../../source/model/index.ts';

function elf(machine: number, data = 1): Buffer {
  const head = Buffer.alloc(64);
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, data]);
  head.writeUInt16LE(machine, 18);
  return head;
}

const KINDS = [
  ['x86_64', elf(0x3e), { kind: 'linux', architecture: 'x86_64' }],
  ['aarch64', elf(0xb7), { kind: 'linux', architecture: 'aarch64' }],
  ['a machine without a name here', elf(21), { kind: 'linux', architecture: 'machine 21' }],
  ['big-endian', elf(0x3e, 2), { kind: 'unknown' }],
  ['a script', Buffer.from('#!/usr/bin/python3\n'), { kind: 'script' }],
  ['Mach-O, as go builds it on a Mac', Buffer.from('cffaedfe07000001', 'hex'), { kind: 'unknown' }],
  ['a text', Buffer.from('version https://git-lfs.github.com/spec/v1'), { kind: 'unknown' }],
  ['nothing', Buffer.alloc(0), { kind: 'unknown' }],
  ['cut off', elf(0x3e).subarray(0, 10), { kind: 'unknown' }],
] as const;

for (const [name, head, kind] of KINDS) {
  test(`what the first bytes of a program say: ${name}`, (t) => {
    t.deepEqual(binaryKind(head), kind);
  });
}

const VERSIONS = [
  ['go version go1.26.8 linux/amd64\n', { kind: 'usable', version: '1.26.8' }],
  ['go version go1.21 darwin/arm64\n', { kind: 'usable', version: '1.21' }],
  ['go version go1.19.8 linux/amd64\n', { kind: 'too-old', version: '1.19.8' }],
  ['go version go1.22rc1 linux/amd64\n', { kind: 'usable', version: '1.22rc1' }],
  ['go version devel go1.27-2a0b1c linux/amd64\n', { kind: 'usable', version: '1.27-2a0b1c' }],
  ['gccgo (Debian 12.2.0) 12.2.0\n', { kind: 'missing' }],
] as const;

for (const [said, found] of VERSIONS) {
  test(`Go’s version: ${said.trim()}`, (t) => {
    t.deepEqual(readGoVersion(said), found);
  });
}

const FAILURES = [
  [
    'go: github.com/marmotedu/iam@v1.6.2: Get "https://proxy/x": dial tcp: lookup proxy: no such host',
    'iam-build-unreachable',
  ],
  [
    'go: github.com/marmotedu/iam@v1.6.2: reading https://proxy/x: 404 Not Found',
    'iam-build-unreachable',
  ],
  [
    'verifying github.com/marmotedu/iam@v1.6.2: checksum mismatch\n\tdownloaded: h1:a\n\tgo.sum:     h1:b\n\nSECURITY ERROR\n',
    'iam-build-checksum',
  ],
  ['write /tmp/x: no space left on device', 'iam-build-no-space'],
  ['cmd/iam-authz-server/authzserver.go:18:2: undefined: authzserver', 'iam-build-failed'],
] as const;

for (const [said, code] of FAILURES) {
  test(`why a build failed: ${said.slice(0, 60)}`, (t) => {
    t.is(failureCode(said), code);
  });
}

const IMPORTS = `import (
\t"github.com/go-redsync/redsync/v4"
\t"github.com/vmihailenco/msgpack/v5"

\t"github.com/marmotedu/iam/internal/pump/analytics"
)
`;

test('the pump is mended in one line, and nowhere else', (t) => {
  const before = IMPORTS.split('\n');
  const after = mendPump(IMPORTS).split('\n');
  t.deepEqual(
    after.filter((line) => !before.includes(line)),
    ['\tmsgpack "gopkg.in/vmihailenco/msgpack.v2"'],
  );
  t.is(after.length, before.length);
});

test('another file than the one that the mend is for is not touched', (t) => {
  t.throws(() => mendPump(IMPORTS.replace('msgpack/v5', 'msgpack/v6')));
  t.throws(() => mendPump(IMPORTS + IMPORTS));
});
