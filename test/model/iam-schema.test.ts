import { readFileSync } from 'node:fs';
import test from 'ava';
import { importableSchema, schemaFault, triggersOf } from '../../source/model/index.ts';

const STAND_IN = readFileSync(new URL('../../assets/stand-in/iam.sql', import.meta.url), 'utf8');

/** As IAM v1.6.2 has it: a dump, with `/*!` comments and blanks of its own. */
const DUMP = `-- Copyright
CREATE DATABASE  IF NOT EXISTS \`iam\` /*!40100 DEFAULT CHARACTER SET utf8 */;
USE \`iam\`;
/*!40101 SET NAMES utf8 */;
${['policy', 'policy_audit', 'secret', 'user'].map(dumped).join('')}
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER="iam"@"127.0.0.1"*/ /*!50003 TRIGGER \`iam\`.\`user_BEFORE_DELETE\` BEFORE DELETE ON \`user\` FOR EACH ROW
BEGIN
	delete from secret where username = old.name;
END */;;
DELIMITER ;
`;

function dumped(table: string): string {
  const start = STAND_IN.indexOf(`CREATE TABLE \`${table}\``);
  const create = STAND_IN.slice(start, STAND_IN.indexOf(';', start));
  return `DROP TABLE IF EXISTS \`${table}\`;\n${create};\nLOCK TABLES \`${table}\` WRITE;\n/*!40000 ALTER TABLE \`${table}\` DISABLE KEYS */;\nUNLOCK TABLES;\n`;
}

test('IAM’s own schema is taken, as a dump and as written by hand', (t) => {
  t.is(schemaFault(STAND_IN, 'iam'), undefined);
  t.is(schemaFault(DUMP, 'iam'), undefined);
});

test('another version is told by what it lacks', (t) => {
  const noAudit = DUMP.replace(dumped('policy_audit'), '');
  t.deepEqual(schemaFault(noAudit, 'iam'), {
    code: 'schema-wrong-version',
    missing: ['policy_audit'],
  });
  const older = DUMP.replaceAll(/^.*`(loginedAt|extendShadow)`.*\n/gm, '');
  t.deepEqual(schemaFault(older, 'iam'), {
    code: 'schema-wrong-version',
    missing: [
      ...['policy', 'policy_audit', 'secret', 'user'].map((table) => `${table}.extendShadow`),
      'user.loginedAt',
    ],
  });
});

test('what is not IAM’s schema at all is said to be none', (t) => {
  for (const text of ['', 'SELECT 1;\n', 'CREATE TABLE `orders` (\n  `id` int\n);\n', '\x7fELF'])
    t.deepEqual(schemaFault(text, 'iam'), { code: 'schema-not-iam' });
});

test('a schema that reaches beyond IAM’s tables is not run', (t) => {
  const rows = [
    ['USE `iam`;', 'USE `mysql`;', 'USE `mysql`'],
    ['USE `iam`;', 'USE `iam`;\nDROP DATABASE iam;', 'DROP DATABASE iam'],
    ['USE `iam`;', 'USE `iam`;\nDROP TABLE IF EXISTS `orders`;', 'DROP TABLE IF EXISTS `orders`'],
    ['USE `iam`;', 'CREATE DATABASE shop;', 'CREATE DATABASE shop'],
    ['USE `iam`;', '/*!50001 DROP USER root@localhost*/;', 'DROP USER root@localhost'],
  ] as const;
  for (const [from, to, statement] of rows)
    t.deepEqual(schemaFault(DUMP.replace(from, to), 'iam'), { code: 'schema-unsafe', statement });
});

test('what is imported drops nothing, and stops at a table that is there', (t) => {
  for (const text of [
    DUMP,
    STAND_IN,
    DUMP.replaceAll('CREATE TABLE', 'create table if not exists'),
  ]) {
    const first = importableSchema(text);
    t.notRegex(first, /drop\s+table/i);
    t.notRegex(first, /if not exists `(user|policy|secret|policy_audit)`/i);
    t.is([...first.matchAll(/CREATE TABLE `/g)].length, 4);
    t.true(first.includes('TRIGGER'));
  }
});

test('a half import is completed over the tables that are there', (t) => {
  const rest = importableSchema(DUMP, 'complete');
  t.notRegex(rest, /drop\s+table/i);
  t.is([...rest.matchAll(/CREATE TABLE IF NOT EXISTS `/g)].length, 4);
});

test('the triggers are known by name', (t) => {
  t.deepEqual(triggersOf(DUMP), ['user_BEFORE_DELETE']);
  t.deepEqual([...triggersOf(STAND_IN)].sort(), ['policy_before_delete', 'user_before_delete']);
});
