import {
  type AbsentView,
  type AddressMeter,
  type DrillOutcome,
  type Message,
  type OwnWords,
  type Problem,
  type SeenCall,
  type View,
  vipViewsOf,
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
  /** Where IAM comes from: a version or a folder. */
  readonly iam: string;
  readonly standIn: boolean;
  /** The pump was built with one line mended. */
  readonly mended: boolean;
}

/** One line of what was changed: a resource on a node. */
export interface ReportChange {
  readonly at: string;
  readonly node: string;
  readonly resource: string;
  readonly summary: Message;
  readonly effect: string;
  /** `started`: an intent without an outcome. */
  readonly state: 'started' | 'done' | 'failed' | 'undone';
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
}

/** Everything a report says, as values; `renderReport` only puts it into words. */
export interface ReportData {
  /** ISO 8601; when the report was made. */
  readonly at: string;
  readonly session: string;
  /** Absent: the program's own. */
  readonly runbook?: string;
  readonly cluster: ReportCluster;
  readonly stages: readonly ReportStage[];
  readonly checks: readonly ReportCheck[];
  readonly drills: readonly ReportDrill[];
  /** Drills that there are and that have never run here. */
  readonly drillsNotRun: readonly string[];
  /** Public addresses that were bought, and what they have cost while they led nowhere. */
  readonly meters: readonly AddressMeter[];
}

/** The worst outage that a client of the VIP saw, in ms. */
export function worstOutageMs(drill: Pick<ReportDrill, 'views'>): number {
  return Math.max(0, ...vipViewsOf(drill.views).map((view) => view.outageMs));
}
