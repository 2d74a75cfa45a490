import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { parseFacts } from '../../source/engine/facts/parse.ts';
import { programsOf, programsSnippet } from '../../source/engine/facts/programs.ts';
import { factsScript } from '../../source/engine/facts/script.ts';
import { type Ipv4Address, type NodeName, revealContent } from '../../source/model/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'iam-ha-programs-'));
const at = (name: string) => join(folder, name);
const bash = (script: string) => execFileSync('bash', [], { input: script, encoding: 'utf8' });

writeFileSync(at('script'), '#!/bin/sh\necho gitVersion: v9.9.9\ntouch ran\n', { mode: 0o755 });
writeFileSync(at('text'), 'not a program\n', { mode: 0o640 });
copyFileSync('/bin/true', at('elf'));

test('what is there, with its mode, hash and kind; a script is not run', (t) => {
  const found = programsOf(bash(programsSnippet(['script', 'text', 'elf', 'absent'].map(at))));
  const seen = found.map(({ path, mode, kind, version }) => [path, mode, kind.kind, version]);
  t.deepEqual(seen, [
    [at('script'), '0755', 'script', null],
    [at('text'), '0640', 'unknown', null],
    [at('elf'), '0755', 'linux', null],
  ]);
  t.true(found.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256)));
  t.false(existsSync(at('ran')) || existsSync('/ran'));
  t.false(
    existsSync('/run') && readdirSync('/run').some((name) => name.startsWith('iam-ha-empty')),
  );
});

const LINE = `/opt/iam/bin/iam-pump 755 ${'a'.repeat(64)} 7f454c4602010100000000000000000002003e00`;

test('a release is what it says of itself; a build without a name has none', (t) => {
  const version = (said: string) => programsOf(`${LINE} ${said}\n`)[0]?.version;
  t.is(version('v1.6.2'), 'v1.6.2');
  t.is(version('v0.0.0-master+'), null);
  t.is(version('-'), null);
  t.like(programsOf(`${LINE} -`)[0], { kind: { kind: 'linux', architecture: 'x86_64' } });
  t.deepEqual(programsOf('/opt/iam/bin/iam-pump 755\n\n'), []);
});

test('only who asks gets them', (t) => {
  const node = 'iam-1' as NodeName;
  const input = {
    ...{ nodeAddress: '127.0.0.1' as Ipv4Address, peers: [], units: [], packages: [], tools: [] },
  };
  const facts = (programs?: readonly string[]) => {
    const script = factsScript({ ...input, ...(programs ? { programs } : {}) });
    return parseFacts(node, bash(revealContent(script)), { sentAtMs: 0, receivedAtMs: 1 });
  };
  t.is(facts().programs, undefined);
  t.deepEqual(facts([at('absent')]).programs, []);
  t.is(facts([at('text')]).programs?.length, 1);
});
