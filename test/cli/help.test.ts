import test from 'ava';
import type { Command } from 'commander';
import { buildProgram } from '../../source/cli/arguments.ts';
import { addLabCommand, type LabIo } from '../../source/cli/lab-command.ts';
import { isKnownCode, LANGUAGES, renderMessage } from '../../source/text/index.ts';

/** Every command that a person can see, with what its `--help` says. */
function helps(language: 'en' | 'zh') {
  let written = '';
  const words = (code: string) => renderMessage({ code }, language);
  const program = buildProgram({
    run: () => {},
    language,
    version: '1.2.3',
    write: (text) => {
      written += text;
    },
    extend: (made) => addLabCommand(made, { words } as LabIo),
  });
  const visible = (command: Command): readonly Command[] => [
    command,
    ...command.createHelp().visibleCommands(command).flatMap(visible),
  ];
  return visible(program).map((command) => {
    written = '';
    command.outputHelp();
    const above = (one: Command): string =>
      one.parent ? `${above(one.parent)} ${one.name()}` : one.name();
    return { path: above(command), text: written };
  });
}

for (const language of LANGUAGES) {
  test(`the help of every command has an example of it: ${language}`, (t) => {
    const all = helps(language);
    t.true(all.length > 20, `${all.length}`);
    for (const { path, text } of all) {
      const head = language === 'en' ? 'Example:' : '示例：';
      const at = text.indexOf(head);
      t.true(at > 0, `${path} has no example`);
      const [example = ''] = text
        .slice(at + head.length)
        .trim()
        .split('\n');
      // of the program itself that of a command; of a shell's words only a part is ours
      const called = path === 'iam-ha-wizard lab' ? `${path} up` : path;
      t.true(example.includes(called), `${path}: ${example}`);
    }
  });

  test(`no word of the help is without a text: ${language}`, (t) => {
    for (const { path, text } of helps(language)) {
      t.notRegex(text, /\bhelp-[a-z-]+/, path);
      if (language === 'zh') t.notRegex(text, /display help|output the version/, path);
    }
    t.true(isKnownCode('help-example-init'));
  });
}
