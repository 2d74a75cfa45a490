import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { readIamFolder } from '../../../source/drivers/iam/folder.ts';
import { OperatorError } from '../../../source/model/index.ts';

const STAND_IN = fileURLToPath(new URL('../../../assets/stand-in', import.meta.url));
const WHERE = { file: '/cluster.yaml', field: 'iam.source' };

/** What a folder of IAM comes to whose schema is this text. */
async function refusedWith(schema: string) {
  const folder = mkdtempSync(join(tmpdir(), 'iam-source-'));
  try {
    cpSync(STAND_IN, folder, { recursive: true });
    writeFileSync(join(folder, 'iam.sql'), schema);
    await readIamFolder(folder, WHERE);
    return undefined;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const [{ code, field, params }] = error.problems;
    return { code, field, exitCode: error.exitCode, missing: params?.missing };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the stand-in’s folder is read whole', async (t) => {
  const { binaries, schema, standIn } = await readIamFolder(STAND_IN, WHERE);
  t.deepEqual([binaries.length, schema.includes('CREATE TABLE'), standIn], [3, true, true]);
});

test('a schema that is not IAM’s, or another version’s, is refused as a mistake of the file', async (t) => {
  t.deepEqual(await refusedWith('SELECT 1;\n'), {
    code: 'schema-not-iam',
    field: 'iam.source',
    exitCode: 64,
    missing: '',
  });
  const older =
    'CREATE TABLE `user` (\n  `id` bigint\n);\nCREATE TABLE `secret` (\n  `id` bigint\n);\n';
  const refused = await refusedWith(older);
  t.like(refused, { code: 'schema-wrong-version', exitCode: 64 });
  t.regex(String(refused?.missing), /^policy, policy_audit, secret\.instanceID, /);
  t.like(await refusedWith('DROP DATABASE shop;\nCREATE TABLE `user` (\n  `id` int\n);\n'), {
    code: 'schema-unsafe',
  });
});
