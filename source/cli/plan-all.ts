import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster, ServedTls } from '../cluster/index.ts';
import { packageRoot } from '../drivers/package-root.ts';
import type { NodeFacts, NodeName, StagePlan } from '../model/index.ts';
import { planStagesFor } from '../stages/index.ts';
import { hasImportedSchema } from '../stages/made-before.ts';
import type { Runbook } from '../stages/runbook.ts';
import type { StageInput } from '../stages/stage-input.ts';
import { alertSecrets } from './alert-secrets.ts';
import type { RunCloud } from './cloud/for-run.ts';
import type { Io } from './io.ts';
import type { OpenOptions } from './open-run.ts';
import type { PrepareIam } from './prepare-iam.ts';
import type { RunSession } from './run-session.ts';
import { runbookSecrets } from './runbook-file.ts';

/** What a run has in hand when its nodes, and its cloud, have been asked. */
export interface Known {
  readonly io: Io;
  readonly open: OpenOptions;
  readonly cluster: Cluster;
  readonly session: RunSession;
  readonly iam: PrepareIam;
  readonly runbook: Runbook;
  readonly facts: ReadonlyMap<NodeName, NodeFacts>;
  readonly cloud: RunCloud | undefined;
  readonly tls?: ServedTls;
}

/** The plans of the stages that are wanted. @throws OperatorError where IAM is not to be had */
export async function planAll(known: Known): Promise<readonly StagePlan[]> {
  const { open, runbook } = known;
  const input = await stageInput(known);
  return planStagesFor(input, runbook, open.options.stages, open.ratePerSecond ?? 100);
}

async function stageInput(known: Known): Promise<StageInput> {
  const { io, open, cluster, session, iam, runbook, facts, cloud, tls } = known;
  const { options } = open;
  return {
    cluster,
    facts,
    secrets: session.secrets,
    ...(tls && { tls }),
    alertSecrets: alertSecrets(cluster, io.environment),
    runbookSecrets: runbookSecrets(runbook, io.environment),
    iam: await iam.forNodes(facts),
    consents: { adopt: options.adopt, overwrite: options.overwrite },
    language: session.language,
    ...(cloud?.input && { cloud: cloud.input }),
    session: { name: session.name, id: session.id },
    schemaImported: () => hasImportedSchema(session.journal.records()),
    asset: (path) => readFileSync(join(packageRoot(), 'assets', path), 'utf8'),
  };
}
