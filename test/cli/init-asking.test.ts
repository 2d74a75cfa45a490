import { PassThrough } from 'node:stream';
import test from 'ava';
import { pasteFriendly } from '../../source/cli/init/paste.ts';
import { lineAsker } from '../../source/cli/init/plain-asker.ts';
import { preface, refusal, type Speech } from '../../source/cli/init/wording.ts';
import { createPrompter, QuestionInterruptedError } from '../../source/cli/prompts.ts';
import { problem } from '../../source/model/index.ts';
import { beginJourney, questionFor } from '../../source/questions/index.ts';
import { LANGUAGES, type Language } from '../../source/text/index.ts';
import { NODES, travel } from '../questions/_journeys.ts';

const speech = (language: Language = 'en', columns = 80): Speech => ({
  language,
  style: { colour: false, ascii: false },
  columns: () => columns,
});

/** What comes out of the keyboard for chunks that come in. */
async function through(...chunks: readonly string[]): Promise<string> {
  const input = new PassThrough() as never as NodeJS.ReadStream;
  const keyboard = pasteFriendly(input);
  let got = '';
  keyboard.on('data', (chunk) => {
    got += String(chunk);
  });
  for (const chunk of chunks) (input as never as PassThrough).write(chunk);
  (input as never as PassThrough).end();
  await new Promise((resolve) => keyboard.on('end', resolve));
  return got;
}

test('line breaks of pasted text answer nothing', async (t) => {
  t.is(
    await through('\u001b[200~10.0.4.20\r\n10.0.4.21\n\u001b[201~', '\r'),
    '10.0.4.20 10.0.4.21 \r',
  );
  t.is(await through('\u001b[200~10.0.4.20\u001b[201~'), '10.0.4.20');
});

test('marks may come in pieces, and keys go through as they are', async (t) => {
  t.is(await through('a\u001b[2', '00~b\nc\u001b[20', '1~d\r'), 'ab cd\r');
  t.is(
    await through('\u001b[A', '\u001b', '\u001b[B', '\r', '中文'),
    '\u001b[A\u001b\u001b[B\r中文',
  );
});

/** A conversation in lines: what is typed, and everything that was said. */
function talk(...typed: readonly string[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  const said: string[] = [];
  const ask = createPrompter({ input, output }, 'en');
  const answers = [...typed];
  const prompter = {
    ...ask,
    askLine: async (question: string) => {
      said.push(question);
      return answers.shift() ?? null;
    },
  };
  return { asker: lineAsker(prompter, (text) => said.push(text), speech()), said };
}

test('in lines: a bad answer is refused with its reason, and asked again', async (t) => {
  const { asker, said } = talk('10.0.4.20', '10.0.4.20 10.0.4.21');
  t.is(await asker.ask(questionFor(beginJourney(), 'nodes')), '10.0.4.20 10.0.4.21');
  t.true(said.some((text) => text.includes('✘')));
});

test('in lines: an empty one takes what is offered', async (t) => {
  const { asker, said } = talk('');
  t.is(await asker.ask(questionFor(beginJourney(), 'name')), 'iam-prod');
  t.true(said.some((text) => text.includes('[iam-prod]')));
});

test('in lines: a choice by number, by name, and nothing else', async (t) => {
  const question = questionFor(travel({}, NODES).journey, 'profile');
  t.is(await talk('2').asker.ask(question), 'fast');
  t.is(await talk('lecture').asker.ask(question), 'lecture');
  t.is(await talk('').asker.ask(question), 'balanced');
  const { asker, said } = talk('9', 'turbo', '1');
  t.is(await asker.ask(question), 'balanced');
  t.is(said.filter((text) => text.includes('a number from 1 to 3')).length, 2);
});

test('in lines: the end of input is Ctrl-C', async (t) => {
  await t.throwsAsync(() => talk().asker.ask(questionFor(beginJourney(), 'nodes')), {
    instanceOf: QuestionInterruptedError,
  });
});

for (const language of LANGUAGES) {
  test(`no line is wider than the terminal: ${language}`, async (t) => {
    const { default: stringWidth } = await import('string-width');
    const { journey } = travel({}, NODES);
    const ids =
      'name nodes login key vip data api authz source profile firewall adminPassword alerts';
    for (const columns of [40, 80]) {
      const texts = ids
        .split(' ')
        .map((id) => preface(speech(language, columns), questionFor(journey, id as never)));
      const refused = refusal(
        speech(language, columns),
        problem(
          'auth-refused',
          { user: 'root', host: '10.0.4.20', methods: '-', offered: 'publickey' },
          { node: '10.0.4.20' },
        ),
      );
      for (const line of [...texts, refused].join('\n').split('\n'))
        t.true(stringWidth(line) < columns, `${columns}: ${line}`);
    }
  });
}

test('a refusal leads to no place in a file that is not there', (t) => {
  const text = refusal(
    speech(),
    problem('not-one-subnet', { peer: 'b', address: '10.0.5.2', via: '10.0.4.1' }, { node: 'a' }),
  );
  t.notRegex(text, /\?|cluster file/);
  t.regex(text, /ip route get 10\.0\.5\.2/);
  const schema = refusal(speech(), problem('invalid-domain', { found: 'x y', field: '' }));
  t.regex(schema, /^✘ x y is not a domain/);
});
