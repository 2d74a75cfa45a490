export type Family = 'debian' | 'rhel';
export type PackageManager = 'apt' | 'dnf' | 'yum';

/** The programs that the stages ask for, whatever a distribution calls their packages. */
export type PackageRole =
  | 'nginx'
  | 'keepalived'
  | 'mariadbServer'
  | 'mariadbClient'
  | 'redisServer'
  | 'redisTools'
  | 'arping'
  | 'curl'
  | 'caCertificates';

/** A MongoDB that a distribution packages and that IAM's driver of 2019 can speak to. */
export interface PackagedMongodb {
  /** The server, and the client that makes accounts. */
  readonly packages: readonly string[];
  /** As `systemctl` takes it, without ".service". */
  readonly unit: string;
  readonly server: string;
  /** On the PATH; takes JavaScript on its standard input. */
  readonly client: string;
  readonly dataFolder: string;
  readonly logFile: string;
}

/** What differs between distributions. Names only: no stage asks which distribution it is on. */
export interface Platform {
  readonly family: Family;
  /** "debian 12". */
  readonly name: string;
  /** Run in our lab from end to end; others are built from what is known about them. */
  readonly proven: boolean;
  readonly packageManager: PackageManager;
  readonly packages: Readonly<Record<PackageRole, string>>;
  /** As `systemctl` takes them, without ".service". */
  readonly units: {
    readonly nginx: string;
    readonly keepalived: string;
    readonly mariadb: string;
    readonly redis: string;
  };
  readonly paths: {
    /** The whole folder, for tests of a staged set. */
    readonly nginxRoot: string;
    /** `*.conf` here is included inside `http {}`. */
    readonly nginxDropIns: string;
    /** `*.cnf` here is read after the distribution's own. */
    readonly mariadbDropIns: string;
    /** The distribution's file, which ours includes. */
    readonly redisConfig: string;
    readonly redisFolder: string;
    readonly redisServer: string;
    readonly keepalivedConfig: string;
    readonly keepalivedRoot: string;
    /** The environment file of keepalived's unit. */
    readonly keepalivedDefaults: string;
    /** Where SELinux, if there is any, lets keepalived run scripts. */
    readonly keepalivedScripts: string;
  };
  /** The variable in `keepalivedDefaults` that holds the daemon's options. */
  readonly keepalivedOptionsVariable: string;
  readonly users: { readonly nginx: string; readonly mariadb: string; readonly redis: string };
  /** Programs on the PATH. */
  readonly clients: { readonly mariadb: string; readonly redis: string };
  /** Absent where there is none: the driver needs MongoDB 3.0 to 5.0, and most have taken theirs out. */
  readonly mongodb?: PackagedMongodb;
  /** MariaDB takes a list in `bind-address` from 10.11 on; before, one address or all. */
  readonly mariadbBindList: boolean;
  /** Redis takes `-ADDRESS` in `bind`: an address that may be missing at the start (6.2 on). */
  readonly redisOptionalBind: boolean;
}
