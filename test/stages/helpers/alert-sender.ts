import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { revealContent, Secret } from '../../../source/model/index.ts';
import { alertFiles, notifySnippet } from '../../../source/stages/alert-files.ts';
import { plannable } from '../../../source/stages/frontend.ts';
import type { Language, StageInput } from '../../../source/stages/stage-input.ts';
import { stageInput } from '../_proxy-input.ts';
import { type Answer, httpReceiver, type Receiver } from './alert-receivers.ts';

/** A stage's input with these lines under `alerts:`, and the secrets that they name. */
export function alertInput(
  lines: readonly string[],
  secrets: Readonly<Record<string, string>> = {},
  language: Language = 'en',
): StageInput {
  const yaml = (text: string) => `${text}alerts:\n${lines.map((one) => `  - ${one}\n`).join('')}`;
  const all = Object.entries(secrets).map(
    ([name, value]) => [name, new Secret(name, value)] as const,
  );
  const input = (one: StageInput) => ({ ...one, language, alertSecrets: new Map(all) });
  return stageInput({ yaml, input });
}

/** The sender in a folder of its own, as the first front end would have it. */
export interface Sender {
  readonly folder: string;
  /** As keepalived's notify script does it. */
  notify(state: string): Promise<void>;
  /** Runs until there is nothing left to tell; resolves with its log. */
  run(...args: readonly string[]): Promise<string>;
  /** A receiver's record of its last attempt: `sent EPOCH HTTP CURL API`. */
  status(receiver: string): string;
  /** Whether somebody answers at the VIP. */
  vipAnswers(answers: boolean): void;
  /** As the machine's end does it. */
  kill(): void;
  /** Another configuration, for its next start. */
  configure(input: StageInput, settings?: string): void;
  remove(): Promise<void>;
}

const QUICK = 'settle=0 window=0 pause=1 limit=1';

/** @param settings bash that comes after the configuration: shorter times */
export function alertSender(input: StageInput, settings = QUICK): Sender {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-alert-'));
  for (const name of ['events', 'outbox', 'status']) mkdirSync(join(folder, name));
  const place = (from: StageInput, name: string, suffix = '') => {
    const files = alertFiles(from, plannable(from)[0]!);
    const found = files.find((file) => file.path.endsWith(`/${name}`));
    const path = join(folder, name);
    writeFileSync(path, revealContent(found!.content) + suffix);
    return path;
  };
  const configure = (from: StageInput, own = QUICK) =>
    place(from, 'alert.conf', `\n${own}\nvip_answers() { [[ -e ${folder}/answers ]]; }\n`);
  const env = {
    ...process.env,
    IAM_HA_ALERT_CONF: configure(input, settings),
    IAM_HA_ALERT_SEND: place(input, 'send'),
    IAM_HA_ALERT_STATE: folder,
  };
  const script = place(input, 'iam-ha-alert');
  const snippet = revealContent([...notifySnippet(input)].filter((part) => part !== '')).replaceAll(
    '/var/lib/iam-ha-alert',
    folder,
  );
  const children = new Set<ChildProcess>();
  const bash = (args: readonly string[]) =>
    new Promise<string>((resolve) => {
      const child = spawn('bash', args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
      children.add(child);
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text;
        });
      child.on('close', () => {
        children.delete(child);
        resolve(said);
      });
    });
  // a group of its own each, so that its workers go with it
  const kill = () => {
    for (const { pid } of children) if (pid) process.kill(-pid, 'SIGKILL');
  };
  return {
    folder,
    notify: async (state) => void (await bash(['-c', snippet, 'notify', state])),
    run: (...args) => bash([script, ...args]),
    status: (receiver) => {
      const path = join(folder, 'status', receiver);
      return existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
    },
    vipAnswers: (answers) => {
      if (answers) writeFileSync(join(folder, 'answers'), '');
    },
    kill,
    configure: (from, own) => void configure(from, own),
    remove: async () => {
      kill();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What is still to be told, or sent. */
export function leftIn(sender: Sender): readonly string[] {
  return ['events', 'outbox'].flatMap((name) => readdirSync(join(sender.folder, name)));
}

/** What stands behind a receiver's host and port: a secret with everything that a shell or curl could trip over. */
const HOOK = '/cgi-bin/webhook/send?key=s3cr3t-{}[]"\\\'$(x)%20';

/** A receiver that gives these answers, and a sender that has no other one. */
export async function webhook(
  t: ExecutionContext,
  kind: string,
  answers: readonly Answer[],
  settings?: string,
  secret?: string,
): Promise<{ readonly receiver: Receiver; readonly sender: Sender }> {
  const receiver = await httpReceiver(...answers);
  const url = `http://127.0.0.1:${receiver.port}${HOOK}`;
  const line = `{ kind: ${kind}, url: env:HOOK${secret ? ', secret: env:SECRET' : ''} }`;
  const input = alertInput([line], { HOOK: url, ...(secret && { SECRET: secret }) });
  const sender = alertSender(input, settings);
  t.teardown(async () => {
    await sender.remove();
    await receiver.close();
  });
  return { receiver, sender };
}
