import test from 'ava';
import { type Administration, iamLines } from '../../source/cli/summary-iam.ts';

const ABOUT: Administration = {
  adminPasswordFile: () => undefined,
  openRegistration: false,
  apiDomain: 'iam.api.example.com',
  standIn: false,
};
const STYLE = { colour: false, ascii: false };
const FILE = "/home/o'brien/x y/secrets.json";

const text = (about: Partial<Administration>, language: 'en' | 'zh' = 'en') =>
  iamLines({ language, style: STYLE }, { ...ABOUT, ...about }).join('\n');

test('there is nothing to say where nothing is special', (t) => {
  t.is(text({}), '');
  t.deepEqual(iamLines({ language: 'en', style: STYLE }, undefined), []);
});

test('where the password is, as a command to copy whole', (t) => {
  const lines = iamLines(
    { language: 'en', style: STYLE, proseColumns: () => 40 },
    { ...ABOUT, adminPasswordFile: () => FILE },
  );
  t.is(lines.at(-1), `    grep adminPassword '/home/o'\\''brien/x y/secrets.json'`);
  t.true(text({ adminPasswordFile: () => '/s.json' }).endsWith('    grep adminPassword /s.json'));
});

test('who may register, and that a stand-in was not put to its work, in both languages', (t) => {
  const both = { openRegistration: true, standIn: true };
  t.regex(
    text(both),
    /iam\.api\.example\.com[\s\S]*iam\.openRegistration: false[\s\S]*not measured/,
  );
  t.regex(text(both, 'zh'), /iam\.openRegistration: false[\s\S]*未测量/);
});
