import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { openJournal, sessionPaths } from '../../source/drivers/session/store.ts';
import { type ActionName, type Cloud, tencentPort } from '../../source/drivers/tencent/index.ts';
import { apply } from '../../source/engine/apply.ts';
import { destroyCloud } from '../../source/engine/cloud/destroy.ts';
import { generationOf } from '../../source/engine/cloud/records.ts';
import type { Fault } from '../../source/lab/cloud/index.ts';
import {
  cloudChanges,
  type JournalPort,
  type Ports,
  type StagePlan,
} from '../../source/model/index.ts';
import { cloudName } from '../../source/resources/cloud-names.ts';
import { eipBinding } from '../../source/resources/eip-binding.ts';
import { elasticIp } from '../../source/resources/elastic-ip.ts';
import { haVip } from '../../source/resources/ha-vip.ts';
import { securityRule } from '../../source/resources/security-rule.ts';
import { drive, virtualClock } from '../drivers/tencent/_driver.ts';
import { MAC, ONE, SUBNET, startCloud, TWO, VPC, WORLD } from '../lab-room/cloud/_cloud.ts';
import { createWorld, stage } from './_world.ts';

const SESSION = { id: '0123456789ab', cluster: 'lab' };
const VIP = '10.0.4.99';
const GROUP = 'sg-lab00001';
const NEAR = { Protocol: 'ALL', Port: 'all', CidrBlock: '10.0.4.0/24', Action: 'ACCEPT' };

/** Clients are not let in before a rule of ours does. */
const SHUT = {
  ...WORLD,
  regions: WORLD.regions.map((region) => ({
    ...region,
    securityGroups: [{ id: GROUP, name: 'lab', ingress: [NEAR], egress: [NEAR] }],
  })),
};

/** The program died: nothing of it goes on. */
export class Killed extends Error {}

export const FAULTS = [
  'drop-before',
  'drop-after',
  'hang-after',
  'kill-before',
  'kill-after',
  /** The call is answered, and what comes after it is not. */
  'answered',
] as const;

export type FaultName = (typeof FAULTS)[number];

/** An accident: at this action's first call this happens, and nothing of that run gets through any more. */
export interface Accident {
  readonly action: ActionName;
  readonly fault: FaultName;
}

/** What the cloud itself counts. */
export interface Count {
  readonly haVips: number;
  readonly eips: number;
  readonly bound: number;
  readonly members: number;
  readonly rules: number;
  readonly everBought: number;
}

/**
 * The real engine, the real driver with the real SDK, a stand-in for the cloud on a socket, and a
 * journal on the disk that every run reads anew.
 */
export class Theatre {
  readonly #t: ExecutionContext;
  readonly #standIn: Awaited<ReturnType<typeof startCloud>>;
  readonly #cloud: Cloud;
  readonly #paths: ReturnType<typeof sessionPaths>;
  /** Whether keepalived runs on a node, and announces the address. */
  announces = true;
  #existing: string | undefined;

  static async open(t: ExecutionContext): Promise<Theatre> {
    const standIn = await startCloud(t, { world: SHUT });
    const folder = await mkdtemp(join(tmpdir(), 'iam-ha-cloud-'));
    return new Theatre(t, standIn, folder);
  }

  private constructor(
    t: ExecutionContext,
    standIn: Awaited<ReturnType<typeof startCloud>>,
    folder: string,
  ) {
    this.#t = t;
    this.#standIn = standIn;
    this.#paths = { ...sessionPaths(folder, 's'), journal: join(folder, 'journal.jsonl') };
    // a busy machine may need a while for an answer; a call that hangs costs the test as long
    const timeoutMs = { read: 20_000, change: 700 };
    this.#cloud = drive(t, standIn, { clock: this.#clock(), timeoutMs });
  }

  /** Applies what the two stages of the runbook have in the cloud. @param instances those of the nodes */
  async apply(instances: readonly string[] = [ONE, TWO], accident?: Accident) {
    this.announces = true;
    return this.#run(accident, (ports) =>
      apply({
        stages: stagesOf(ports.journal, instances, this.#existing),
        ports,
        confirm: async () => true,
        closing: { nodes: [], script: () => [] },
      }),
    );
  }

  /** What the operator had before the wizard came: a HAVIP and a public address. */
  async bring(): Promise<string> {
    const request = { VpcId: VPC, SubnetId: SUBNET, Vip: VIP, HaVipName: 'theirs' };
    await this.#cloud.call('CreateHaVip', request);
    const bought = await this.#cloud.call('AllocateAddresses', { AddressName: 'theirs' });
    if (bought.kind !== 'ok') throw new Error(bought.kind);
    this.#standIn.standing.advance(10_000);
    this.#existing = this.#standIn.standing.context.state.eips[0]?.ip ?? '';
    return this.#existing;
  }

  /** Stops keepalived, as the nodes' undo does, and gives everything back. */
  async destroy(accident?: Accident) {
    this.announces = false;
    this.#standIn.standing.advance(15_000);
    return this.#run(accident, (ports) =>
      destroyCloud(ports, { session: SESSION.id, name: cloudName(SESSION) }),
    );
  }

  /** How the journal has it that the last change ended; undefined: it does not say. */
  async lastOutcome(): Promise<string | undefined> {
    const changes = cloudChanges((await openJournal(this.#paths)).records());
    return changes.at(-1)?.outcome?.state;
  }

  async generations(): Promise<readonly number[]> {
    const records = (await openJournal(this.#paths)).records();
    return [generationOf(records, 'havip'), generationOf(records, 'eip')];
  }

  /** The next reads show what was ten minutes ago. */
  lag(read: ActionName): void {
    this.#standIn.standing.faults.add({ action: read, kind: 'stale-read', ms: 600_000, times: 3 });
  }

  count(): Count {
    const { state } = this.#standIn.standing.context;
    return {
      haVips: state.havips.length,
      eips: state.eips.length,
      bound: state.eips.filter(({ status }) => status === 'BIND').length,
      rules: (state.securityGroups[GROUP]?.ingress.length ?? 1) - 1,
      members: state.havips.reduce((sum, { associations }) => sum + associations.length, 0),
      everBought: this.#standIn.standing.bill().eips.length,
    };
  }

  /** What an hour of nothing costs from now on, in yuan. */
  idleHour(): number {
    const cost = () => this.#standIn.standing.bill().eips.reduce((sum, one) => sum + one.cost, 0);
    const before = cost();
    this.#standIn.standing.advance(3_600_000);
    return cost() - before;
  }

  /** Whoever waits moves the stand-in's clock, and keepalived announces what it holds. */
  #clock() {
    const clock = virtualClock(this.#standIn);
    return {
      ...clock,
      sleep: async (ms: number) => {
        await clock.sleep(ms);
        if (this.announces) this.#standIn.standing.announce({ vip: VIP, mac: MAC.one });
      },
    };
  }

  async #run<Result>(accident: Accident | undefined, does: (ports: Ports) => Promise<Result>) {
    const journal = await openJournal(this.#paths);
    const run = { isDead: false };
    const ports: Ports = {
      ...createWorld().ports,
      clock: this.#clock(),
      nonce: randomUUID,
      cloud: tencentPort(accident ? this.#struck(accident, run) : this.#cloud),
      journal: {
        records: () => journal.records(),
        append: async (bodies) => {
          if (run.isDead) this.#t.fail('a dead program writes nothing');
          await journal.append(bodies);
        },
      },
    };
    try {
      return await does(ports);
    } finally {
      this.#standIn.standing.faults.clear();
    }
  }

  #struck({ action, fault }: Accident, run: { isDead: boolean }): Cloud {
    const { faults } = this.#standIn.standing;
    if (!isKill(fault) && fault !== 'answered') faults.add({ action, kind: fault } as Fault);
    const die = (): never => {
      run.isDead = true;
      throw new Killed();
    };
    return {
      ...this.#cloud,
      call: async (name, request, options) => {
        if (name !== action) return this.#cloud.call(name, request, options);
        if (fault === 'kill-before') return die();
        const result = await this.#cloud.call(name, request, options);
        if (fault === 'kill-after') return die();
        // the line is gone: not one more request of this run arrives
        faults.add({ action: '*', kind: 'drop-before', times: 1_000_000 });
        return result;
      },
    };
  }
}

const isKill = (fault: FaultName) => fault.startsWith('kill');

function stagesOf(
  journal: JournalPort,
  instances: readonly string[],
  existing: string | undefined,
): readonly StagePlan[] {
  const generation = (step: 'havip' | 'eip') => generationOf(journal.records(), step);
  const network = VPC;
  const vip = haVip({
    ...{ session: SESSION, network, subnet: SUBNET, address: VIP, instances },
    adopt: existing !== undefined,
    ...(existing !== undefined && { publicAddress: existing }),
    generation: generation('havip'),
  });
  const eip = elasticIp({
    ...{ session: SESSION, bandwidth: 5, network, haVip: vip.id, instances },
    ...{ pricePerGigabyte: 0.8, idlePricePerHour: 0.2, generation: generation('eip') },
    ...(existing !== undefined && { existing }),
  });
  const binding = eipBinding({ network, haVip: vip.id, elasticIp: eip.id, instances });
  const clients = securityRule({
    ...{ session: SESSION, group: GROUP, what: 'clients' },
    rule: { direction: 'in', protocol: 'tcp', ports: '80', peer: '0.0.0.0/0', peerGroup: null },
  });
  return [
    stage('virtual-ip', [], { cloud: [vip] }),
    stage('public-access', [], { cloud: [clients, eip, binding] }),
  ];
}
