import test from 'ava';
import {
  bindAddress,
  type Cloud,
  cloudProblem,
  makeAddress,
  makeHaVip,
} from '../../../source/drivers/tencent/index.ts';
import type { World } from '../../../source/lab/cloud/index.ts';
import { isKnownCode, renderProblem } from '../../../source/text/index.ts';
import { HAVIP, PAIR, REGION, startCloud, WORLD } from '../../lab-room/cloud/_cloud.ts';
import { credential, drive } from './_driver.ts';

const haVip = (cloud: Cloud) => makeHaVip(cloud, { ...HAVIP, ClientToken: 'h' });
const address = (cloud: Cloud) => makeAddress(cloud, { AddressName: 'a', ClientToken: 'e' });
const { account, quota } = WORLD;

interface Case {
  readonly code: string;
  readonly make: (cloud: Cloud) => Promise<{ readonly kind: string }>;
  readonly world?: Partial<World>;
  readonly pair?: ReturnType<typeof credential>;
  readonly fault?: object;
}

const CASES: readonly Case[] = [
  { code: 'cloud-key-wrong', make: haVip, pair: credential(PAIR.secretId, 'wrong') },
  { code: 'cloud-id-unknown', make: haVip, pair: credential('AKIDnobody') },
  { code: 'cloud-clock-off', make: haVip, fault: { kind: 'clock-skew', s: 301, times: 9 } },
  { code: 'cloud-token-expired', make: haVip, fault: { kind: 'expire-token', times: 9 } },
  {
    code: 'cloud-not-allowed',
    make: haVip,
    world: { account: { ...account, denied: ['CreateHaVip'] } },
  },
  { code: 'cloud-quota-full', make: haVip, world: { quota: { ...quota, havipPerVpc: 0 } } },
  { code: 'cloud-quota-full', make: address, world: { quota: { ...quota, eip: 0 } } },
  { code: 'cloud-quota-today', make: address, world: { quota: { ...quota, eipDaily: 0 } } },
  { code: 'cloud-no-balance', make: address, world: { account: { ...account, solvent: false } } },
  {
    code: 'cloud-address-in-use',
    make: (cloud) => makeHaVip(cloud, { ...HAVIP, Vip: '10.0.4.20', ClientToken: 'h' }),
  },
  {
    code: 'cloud-address-unfit',
    make: (cloud) => makeHaVip(cloud, { ...HAVIP, Vip: '10.0.9.9', ClientToken: 'h' }),
  },
  { code: 'cloud-refused', make: (cloud) => bindAddress(cloud, 'havip-x', '203.0.113.9') },
  {
    code: 'cloud-throttled',
    make: haVip,
    fault: { kind: 'error', code: 'RequestLimitExceeded', times: 99 },
  },
  {
    code: 'cloud-busy',
    make: address,
    fault: { kind: 'error', code: 'OperationDenied.MutexTaskRunning', times: 999 },
  },
  { code: 'cloud-task-failed', make: address, fault: { kind: 'task-fail', output: 'x', skip: 1 } },
  { code: 'cloud-answer-lost', make: haVip, fault: { kind: 'drop-before', times: 3 } },
  { code: 'cloud-unreachable', make: haVip, fault: { kind: 'http', status: 503, times: 99 } },
];

test('each way to fail has a message of its own, and makes nothing', async (t) => {
  for (const { code, make, world = {}, pair = credential(), fault } of CASES) {
    const standIn = await startCloud(t, { world: { ...WORLD, ...world } });
    if (fault) {
      const only = code === 'cloud-answer-lost' ? 'CreateHaVip' : '*';
      standIn.standing.faults.add({ action: only, ...fault } as never);
    }
    const failure = await make(drive(t, standIn, { credential: pair }));
    t.not(failure.kind, 'done', code);
    const problem = cloudProblem(failure as never, REGION);
    t.is(problem.code, code);
    t.true(isKnownCode(problem.code), code);
    for (const language of ['en', 'zh'] as const) {
      const { cause, nextSteps } = renderProblem(problem, language);
      t.true(cause.length > 0 && nextSteps.length > 0, code);
    }
    t.like(standIn.standing.bill(), { openHavips: 0, openEips: 0 }, code);
  }
});
