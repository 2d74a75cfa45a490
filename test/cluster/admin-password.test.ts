import test from 'ava';
import { isAdminPassword } from '../../source/cluster/index.ts';

const good = ['Abcdef1!', 'Generated-2026x', 'Aa1 Aa1 Aa1-Aa1-', 'Ünïcöd3$', 'a1A!中中aaaaa'];
const bad: Readonly<Record<string, string>> = {
  '': 'empty',
  'Abcde1!': '7',
  'Abcdefghijklmn12!': '17',
  'abcdefg1!': 'no upper case letter',
  'ABCDEFG1!': 'no lower case letter',
  'Abcdefgh!': 'no digit',
  Abcdefgh1: 'no special character',
  'Abcdef 12': 'a blank is nothing special',
  'Ab1!中中中中': 'letters without case are not counted',
  'Admin@2021': 'everybody knows it',
};

for (const text of good) test(`IAM takes ${text}`, (t) => t.true(isAdminPassword(text)));

for (const [text, why] of Object.entries(bad))
  test(`IAM refuses "${text}": ${why}`, (t) => t.false(isAdminPassword(text)));
