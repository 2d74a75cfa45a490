import {
  type AbsentView,
  type AddressMeter,
  type CheckCounts,
  type DrillOutcome,
  type DrillSpread,
  type DrillTrace,
  insideFigures,
  type Message,
  type OwnWords,
  type Phases,
  type Problem,
  type SeenCall,
  type View,
  worstView,
} from '../model/index.ts';

export interface ReportNode {
  readonly name: string;
  readonly address: string;
  readonly roles: readonly string[];
  readonly data: boolean;
}

/** What of the cluster a report tells: plain strings, no secrets. */
export interface ReportCluster {
  readonly name: string;
  readonly nodes: readonly ReportNode[];
  readonly domains: { readonly api: string; readonly authz: string };
  readonly vip: { readonly address: string; readonly vrid: number; readonly profile: string };
  /** nginx serves 443, too. */
  readonly tls: boolean;
  /** Where the two services listen on every node. */
  readonly ports: { readonly api: number; readonly authz: number };
  /** What IAM keeps its data in, and where: a node's name, or a host with its port. */
  readonly databases: readonly { readonly name: string; readonly where: string }[];
  /** `none`, `console`, or who it is. */
  readonly cloud: string;
  /** Where IAM comes from: a version or a folder. */
  readonly iam: string;
  readonly standIn: boolean;
  /** The pump was built with one line mended. */
  readonly mended: boolean;
}

/** One line of what was changed: a resource on a node. */
export interface ReportChange {
  readonly at: string;
  /** Empty: in the cloud, or by hand. */
  readonly node: string;
  readonly resource: string;
  readonly summary: Message;
  readonly effect: string;
  /** `started`: an intent without an outcome. */
  readonly state: 'started' | 'done' | 'failed' | 'undone';
  /** Masked, and cut where it is long. Absent: there is none, or an older program journalled it. */
  readonly diff?: string;
}

export interface ReportStage {
  readonly id: string;
  /** Of a step of the operator's own. */
  readonly title?: OwnWords;
  readonly changes: readonly ReportChange[];
}

/** The last verdict on a check. */
export interface ReportCheck {
  readonly at: string;
  readonly stage: string;
  readonly id: string;
  readonly node: string | null;
  readonly verdict: 'passed' | 'warned' | 'failed' | 'unknown';
  readonly reason: Message;
  readonly because?: string;
  readonly problem?: Problem;
}

export interface ReportDrill {
  readonly at: string;
  readonly id: string;
  readonly run: number;
  readonly outcome: DrillOutcome;
  /** Requests a second and view. */
  readonly rate: number;
  readonly views: readonly View[];
  readonly predictedMs: readonly [number, number];
  readonly holderBefore: string | null;
  readonly holderAfter: string | null;
  readonly notifyLines: Readonly<Record<string, readonly string[]>>;
  readonly restored: boolean;
  readonly calls?: readonly SeenCall[];
  readonly notMeasured?: readonly AbsentView[];
  readonly problems: readonly Problem[];
  /** ms after the fault. Absent: an older program did not journal them. */
  readonly phases?: Phases;
  /** What its picture is drawn from. Absent: as above, or nothing was broken. */
  readonly trace?: DrillTrace;
}

/** A command that was run: from its start to the last thing that it wrote down. */
export interface ReportRun {
  readonly at: string;
  readonly command: string;
  readonly elapsedMs: number;
}

export interface ReportVerdict {
  /** `open`: nothing has been checked yet, or nothing was broken on purpose yet. */
  readonly state: 'good' | 'bad' | 'open';
  readonly checks: CheckCounts;
  /** By the last run of each that counts. */
  readonly drills: { readonly passed: number; readonly failed: number; readonly notRun: number };
}

/** Everything a report says, as values; the renderers only put it into words. */
export interface ReportData {
  /** ISO 8601; when the report was made. */
  readonly at: string;
  readonly session: string;
  /** Absent: the program's own. */
  readonly runbook?: string;
  readonly cluster: ReportCluster;
  readonly addresses: { readonly vip: string; readonly public?: string };
  readonly verdict: ReportVerdict;
  readonly runs: readonly ReportRun[];
  readonly stages: readonly ReportStage[];
  readonly checks: readonly ReportCheck[];
  readonly drills: readonly ReportDrill[];
  /** Drills that were run more than once; runs that measured nothing are not among them. */
  readonly repeated: readonly DrillSpread[];
  /** Drills that there are and that have never run here. */
  readonly drillsNotRun: readonly string[];
  /** Public addresses that were bought, and what they have cost while they led nowhere. */
  readonly meters: readonly AddressMeter[];
}

/** What the timers predict: the worst view from inside, where somebody looked from outside, too. */
export function figuresOf({ views }: Pick<ReportDrill, 'views'>): {
  readonly outageMs: number;
  readonly failed: number;
  readonly sent: number;
} {
  const worst = worstView(views);
  return insideFigures({
    views,
    outageMs: worst?.outageMs ?? 0,
    failedRequests: worst?.failed ?? 0,
    sent: worst?.sent ?? 0,
  });
}
