import { readFileSync, rmSync, statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { readVipAnswer, vipAnswerScript } from '../../checks/vip-answer.ts';
import { findGo } from '../../drivers/iam/toolchain.ts';
import { sessionExists, sessionPaths } from '../../drivers/session/store.ts';
import { resolveEndpoint } from '../../drivers/ssh/config.ts';
import type { SshOptions } from '../../drivers/ssh/index.ts';
import type { Ipv4Address } from '../../model/index.ts';
import type { AddressUse, Found, Look, SeenHere } from '../../questions/index.ts';
import { lookForKeys } from './keys.ts';
import { lookAtNodes, type Machine, type NodesFound } from './look-at-nodes.ts';
import { entrancesOf, fullPath, problemOf, Reach, unplaced } from './reach.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What looking needs of the outside. */
export interface LookerParts {
  /** Of the cluster file that will be written: relative paths begin there. */
  readonly folder: string;
  readonly stateDir: string;
  readonly environment: Environment;
  readonly acceptNewHostKeys: boolean;
  /** How a person is asked about a host's key, and for a password that is not kept. */
  readonly asking: Pick<SshOptions, 'askHostKey' | 'askSecret'>;
  readonly signal: AbortSignal;
}

/** Looks at what the questions want to know. Changes nothing anywhere. */
export interface Looker {
  /** @throws what is not the operator's to mend, and InterruptedError */
  look(look: Look): Promise<Found>;
  /** The host keys that were accepted on the way, as lines of a known_hosts file. */
  hostKeys(): string;
  close(): Promise<void>;
}

const MIN_ADDRESS_MS = 20_000;

/** Opens a looker; it is to be closed. Host keys accepted meanwhile are kept for `hostKeys` alone. */
export async function createLooker(parts: LookerParts): Promise<Looker> {
  const folder = await mkdtemp(join(tmpdir(), 'iam-ha-wizard-init-'));
  // a signal between two questions ends the process at once
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return new OpenLooker(parts, folder);
}

class OpenLooker implements Looker {
  readonly #parts: LookerParts;
  readonly #folder: string;
  readonly #knownHosts: string;
  #machines: readonly Machine[] = [];
  #found: NodesFound | undefined;

  constructor(parts: LookerParts, folder: string) {
    this.#parts = parts;
    this.#folder = folder;
    this.#knownHosts = join(folder, 'known_hosts');
  }

  async look(look: Look): Promise<Found> {
    switch (look.at) {
      case 'here':
        return { at: 'here', here: await this.#here() };
      case 'ways':
        return this.#ways(look);
      case 'nodes':
        return this.#nodes(look);
      case 'address':
        return this.#address(look);
      case 'keys':
        return { at: 'keys', keys: await lookForKeys(this.#parts.environment) };
      case 'path':
        return { at: 'path', isThere: this.#isThere(look) };
    }
  }

  hostKeys(): string {
    try {
      return readFileSync(this.#knownHosts, 'utf8');
    } catch {
      return '';
    }
  }

  async close(): Promise<void> {
    await this.#leave();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #sshOptions(): SshOptions {
    const { acceptNewHostKeys, asking, signal, environment } = this.#parts;
    return {
      sessionKnownHosts: this.#knownHosts,
      acceptNewHostKeys,
      ...asking,
      signal,
      environment,
    };
  }

  /** Keys first: where the server takes a password too, it would be asked for once a machine. */
  #optionsFor({ byPassword }: { readonly byPassword: boolean }): SshOptions {
    const options = this.#sshOptions;
    const { askSecret } = options;
    if (byPassword || !askSecret) return options;
    const unlessPassword: SshOptions['askSecret'] = async (what) =>
      what.code === 'ssh-ask-password' ? undefined : askSecret(what);
    return { ...options, askSecret: unlessPassword };
  }

  async #here(): Promise<SeenHere> {
    const go = await findGo(this.#parts.environment);
    return {
      go: go.kind,
      ...(go.kind !== 'missing' && { goVersion: go.version }),
      sessions: await sessionNames(this.#parts.stateDir),
      home: homedir(),
    };
  }

  /** Whom ssh would log in as: only a user that was configured is one; ssh's default is who we are here. */
  async #ways({ ways }: Extract<Look, { at: 'ways' }>): Promise<Found> {
    const users = await Promise.all(
      ways.map(async ({ host }) => {
        const target = { node: host as never, address: host, host };
        const endpoint = await resolveEndpoint(target, this.#sshOptions).catch(() => undefined);
        return endpoint?.user;
      }),
    );
    const [user] = users;
    const isNamed =
      user !== undefined && user !== localUser() && users.every((one) => one === user);
    return { at: 'ways', ...(isNamed && { user }) };
  }

  async #nodes(look: Extract<Look, { at: 'nodes' }>): Promise<Found> {
    await this.#leave();
    await this.#knowHosts(look.session);
    const entrances = entrancesOf(look, this.#parts.folder, homedir());
    this.#machines = entrances.map((entrance) => ({
      way: entrance.way,
      reach: new Reach(entrance, this.#optionsFor(look)),
    }));
    try {
      const found = await lookAtNodes(this.#machines);
      if ('code' in found) return { at: 'nodes', problem: unplaced(found) };
      this.#found = found;
      const { nodes, free } = found;
      return { at: 'nodes', nodes, ...(free !== undefined && { free }) };
    } catch (error) {
      return { at: 'nodes', problem: problemOf(error) };
    }
  }

  /** What an earlier run of this session has accepted is not asked about again. */
  async #knowHosts(session: string): Promise<void> {
    const { knownHosts } = sessionPaths(this.#parts.stateDir, session);
    const text = await readFile(knownHosts, 'utf8').catch(() => '');
    if (text && !this.hostKeys().includes(text))
      await writeFile(this.#knownHosts, text + this.hostKeys(), { mode: 0o600 });
  }

  async #address({ address }: Extract<Look, { at: 'address' }>): Promise<Found> {
    try {
      return { at: 'address', use: await this.#whoHas(address) };
    } catch (error) {
      return { at: 'nodes', problem: problemOf(error) };
    }
  }

  async #whoHas(address: Ipv4Address): Promise<AddressUse> {
    const [machine] = this.#machines;
    const [node] = this.#found?.nodes ?? [];
    if (!machine || !node || !this.#found) throw new Error('no machine was looked at yet');
    const known = [...this.#found.facts.values()].flatMap(({ node: name, nic }) =>
      nic ? [{ node: name, mac: nic.mac.toLowerCase() }] : [],
    );
    const script = vipAnswerScript(address, node.nic, known);
    const stdout = await machine.reach.ask([script], MIN_ADDRESS_MS);
    const answer = readVipAnswer({ kind: 'exited', exitCode: 0, stdout, stderr: '' }, known);
    if (answer?.kind === 'stranger') return 'stranger';
    if (answer?.kind === 'nobody') return 'free';
    // a pair that was set up by the wizard holds its own VIP: that is as it should be
    return this.#found.nodes.some(({ session }) => session !== null) ? 'free' : 'node';
  }

  #isThere({ path, kind }: Extract<Look, { at: 'path' }>): boolean {
    try {
      const found = statSync(fullPath(path, this.#parts.folder, homedir()));
      return kind === 'file' ? found.isFile() : found.isDirectory();
    } catch {
      return false;
    }
  }

  async #leave(): Promise<void> {
    const machines = this.#machines;
    this.#machines = [];
    this.#found = undefined;
    await Promise.allSettled(machines.map(({ reach }) => reach.close()));
  }
}

function localUser(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

async function sessionNames(stateDir: string): Promise<readonly string[]> {
  const names = await readdir(stateDir).catch(() => []);
  const there = await Promise.all(names.map((name) => sessionExists(sessionPaths(stateDir, name))));
  return names.filter((_, index) => there[index]).toSorted();
}
