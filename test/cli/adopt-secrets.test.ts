import test from 'ava';
import { readFound } from '../../source/cli/adopt-secrets.ts';

const printed = (...files: readonly string[]) =>
  files.map((text) => `${Buffer.from(text).toString('base64')}\n`).join('');

const CONFIG = `mysql:
  host: "10.0.4.20:3306"
  password: "pa'ss\\"w\\\\$x;# :@%é中文"
redis:
  password: "r"
jwt:
  key: "${'k'.repeat(32)}"
`;

test('what the nodes of another session have is read back', (t) => {
  const keepalived =
    'vrrp_instance x {\n    authentication {\n        auth_pass abcdefgh\n    }\n}\n';
  t.deepEqual(readFound(printed(CONFIG, keepalived)), {
    databasePassword: `pa'ss"w\\$x;# :@%é中文`,
    redisPassword: 'r',
    jwtKey: 'k'.repeat(32),
    vrrpPassword: 'abcdefgh',
  });
});

test('what is not there, or cannot be read, is not made up', (t) => {
  t.deepEqual(readFound('\n\n'), {});
  t.deepEqual(readFound(printed('mysql: [', '')), {});
  t.deepEqual(readFound(printed('mysql:\n  password: 83\njwt:\n', 'auth_pass\n')), {});
});
