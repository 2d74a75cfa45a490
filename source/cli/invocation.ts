import type { ReportFormat } from '../report/formats.ts';
import type { Language } from '../text/index.ts';

/** What every command takes. Absent means: not said. */
export interface GlobalOptions {
  readonly session?: string;
  readonly cluster?: string;
  /** Empty: all stages. */
  readonly stages: readonly string[];
  readonly language?: Language;
  readonly plain: boolean;
  readonly json: boolean;
  /** False with `--no-color`. */
  readonly color: boolean;
  readonly stateDir?: string;
  readonly yes: boolean;
  readonly overwrite: readonly string[];
  readonly adopt: boolean;
  /** Nodes whose lock may be broken. */
  readonly breakLocks: readonly string[];
  readonly acceptNewHostKeys: boolean;
  /** A file, or `iam-ha`. */
  readonly runbook?: string;
  /** Steps by hand that are said to be done. */
  readonly confirmed?: readonly string[];
}

/** A command line, understood: what is to be done, with which options. */
export type Invocation = { readonly options: GlobalOptions } & (
  | { readonly command: 'plan' | 'apply' | 'check' | 'watch' }
  /** The full-screen wizard: from its home screen, or straight into the session. */
  | { readonly command: 'home' | 'guide' }
  /** `file`: what is written. Absent: `--cluster`, else `cluster.yaml`. */
  | { readonly command: 'init'; readonly file?: string }
  | {
      readonly command: 'drill';
      /** Empty with `all` false: the menu. */
      readonly ids: readonly string[];
      readonly all: boolean;
      readonly runs: number;
      /** Requests a second and view. */
      readonly rate: number;
    }
  | { readonly command: 'move-vip'; readonly node: string }
  | { readonly command: 'undo'; readonly packages: boolean }
  | { readonly command: 'destroy'; readonly packages: boolean }
  | { readonly command: 'sessions'; readonly action: 'list' }
  | { readonly command: 'sessions'; readonly action: 'show'; readonly name: string }
  | { readonly command: 'sessions'; readonly action: 'forget'; readonly name: string }
  | {
      readonly command: 'sessions';
      readonly action: 'sweep';
      /** Beside those that the journals name. */
      readonly regions: readonly string[];
    }
  | {
      readonly command: 'cloud';
      readonly action: 'policy';
      /** With what `cloud.securityGroups: open` needs. */
      readonly securityGroups: boolean;
    }
  | {
      readonly command: 'report';
      /** Absent: every format there is; with a file, the one that its name ends in, else Markdown. */
      readonly format?: ReportFormat;
      /** A file, or `-` for standard output. Absent: into the session's folder. */
      readonly output?: string;
    }
);

/** The runbook's stages, in order. */
export const STAGE_IDS: readonly string[] = [
  'preflight',
  'database',
  'services',
  'reverse-proxy',
  'load-balancer',
  'virtual-ip',
  'keepalived',
  'public-access',
  'acceptance',
];

/** The drills, in the order in which `--all` runs those that the cluster and the chosen stages have. */
export const DRILL_IDS: readonly string[] = [
  'keepalived-stopped',
  'nginx-stopped',
  'nginx-recovers',
  'nginx-hung',
  'keepalived-killed',
  'vrrp-blocked',
  'daemon-killed',
  'backend-stopped',
  'domain-backends-stopped',
  'databases-stopped',
  'node-unplugged',
  'node-rebooted',
  'switch-over',
];

/** The lecture's three scenarios: what the demo shows. */
export const LECTURE_DRILL_IDS: readonly string[] = DRILL_IDS.slice(0, 3);
