import type { Ipv4Address, NodeName, Params } from '../model/index.ts';
import type { Daemon } from './service-daemons.ts';
import type { Evidence } from './service-evidence.ts';

/** Whose failure is looked into, and whom it may depend on. */
export interface Subject {
  readonly node: NodeName;
  readonly address: Ipv4Address;
  readonly daemon: Daemon;
  /** The node to be mended when the database is at fault. */
  readonly dataNode: NodeName;
}

/** As in the configuration that we write. */
const DATABASE = 'iam';

interface Context {
  readonly evidence: Evidence;
  readonly subject: Subject;
}

export interface Cause {
  /** A line of the journal or of the log, as IAM v1.6.2, systemd or gRPC write it. */
  readonly line: RegExp;
  readonly code: string;
  readonly params?: (match: RegExpExecArray, context: Context) => Params;
  /** Where it is to be mended, if not on the daemon's own node. */
  readonly at?: 'data';
  /** May go away by itself, as soon as something else has started. */
  readonly passing?: true;
}

const file = (match: RegExpExecArray): Params => ({ file: match[1] ?? '' });

/** Who has a port, from ss: `users:(("nc",pid=7,fd=3))`. */
function portTaken(match: RegExpExecArray, { evidence }: Context): Params {
  const port = match[1] ?? '';
  const listener = evidence.listeners.find((line) => line.includes(`:${port} `));
  const by = /users:\(\("([^"]+)",pid=(\d+)/.exec(listener ?? '');
  return { port, by: by ? `${by[1]} (pid ${by[2]})` : '?' };
}

function database(match: RegExpExecArray, { subject }: Context): Params {
  const { node, address, dataNode } = subject;
  const account = `${DATABASE}@${address}`;
  const at = match[1] ?? '';
  return { account, host: address, from: node, database: DATABASE, address: at, data: dataNode };
}

/** The first one that fits a line; the lines are read from the last to the first. */
export const CAUSES: readonly Cause[] = [
  {
    line: /failed to read configuration file\(([^)]*)\): While parsing config: yaml: line (\d+)/,
    code: 'daemon-config-bad-yaml',
    params: (match) => ({ file: match[1] ?? '', line: Number(match[2]) }),
  },
  {
    line: /failed to read configuration file\(([^)]*)\): While parsing config/,
    code: 'daemon-config-bad-yaml',
    params: (match) => ({ file: match[1] ?? '', line: 0 }),
  },
  {
    line: /failed to read configuration file\(([^)]*)\): .*(?:no such file|Not Found)/,
    code: 'daemon-config-missing',
    params: file,
  },
  {
    line: /failed to read configuration file\(([^)]*)\): .*permission denied/,
    code: 'daemon-config-unreadable',
    params: file,
  },
  {
    line: /cannot parse '([^']+)' as (\w+)|'([^']+)' expected type '(\w+)'/,
    code: 'daemon-config-wrong-type',
    params: (match) => ({ key: match[1] ?? match[3] ?? '', type: match[2] ?? match[4] ?? '' }),
  },
  {
    line: /couldn't open sink "([^"]+)"/,
    code: 'daemon-log-unwritable',
    params: file,
  },
  {
    line: /listen tcp4? \S*:(\d+): bind: address already in use/,
    code: 'daemon-port-taken',
    params: portTaken,
  },
  {
    line: /listen tcp4? (\S+): bind: cannot assign requested address/,
    code: 'daemon-address-missing',
    params: (match) => ({ address: match[1] ?? '' }),
  },
  {
    line: /(?:FATAL|PANIC|panic).*open (\S+\.(?:pem|crt|key)): no such file/,
    code: 'daemon-certificate-missing',
    params: file,
  },
  {
    line: /(?:FATAL|PANIC|panic).*open (\S+\.(?:pem|crt|key)): permission denied/,
    code: 'daemon-certificate-unreadable',
    params: file,
  },
  { line: /private key does not match public key/, code: 'daemon-key-mismatch' },
  {
    line: /Failed to generate credentials|NewClientTLSFromFile err|(?:FATAL|PANIC).*tls: /,
    code: 'daemon-certificate-bad',
  },
  {
    line: /grpc.*(?:certificate signed by unknown authority|ECDSA verification|crypto\/rsa: verification error)/,
    code: 'grpc-wrong-ca',
  },
  {
    line: /grpc.*(?:doesn't contain any IP SANs|certificate is valid for)/,
    code: 'grpc-name-missing',
  },
  { line: /grpc.*certificate has expired or is not yet valid/, code: 'grpc-certificate-expired' },
  {
    line: /grpc.*failed to connect to.*connection refused/,
    code: 'grpc-refused',
    passing: true,
  },
  {
    line: /grpc.*(?:authentication handshake failed|failed to connect)/,
    code: 'grpc-no-handshake',
    passing: true,
  },
  {
    line: /failed to initialize database, got error .*dial tcp (\S+): connect: connection refused/,
    code: 'database-not-listening',
    params: database,
    at: 'data',
    passing: true,
  },
  {
    line: /failed to initialize database, got error .*Error 1045/,
    code: 'database-wrong-password',
    params: database,
    at: 'data',
    passing: true,
  },
  {
    line: /failed to initialize database, got error .*Error (?:1044|1130|1142)/,
    code: 'database-host-denied',
    params: database,
    at: 'data',
    passing: true,
  },
  {
    line: /failed to initialize database, got error .*Error 1049/,
    code: 'schema-missing',
    params: database,
    at: 'data',
    passing: true,
  },
  {
    line: /failed to initialize database, got error .*dial tcp (\S+): .*(?:timeout|no route)/,
    code: 'database-blocked',
    params: database,
    at: 'data',
    passing: true,
  },
  { line: /Mongo URL is invalid/, code: 'pump-mongo-url-bad' },
  { line: /Mongo connection failed/, code: 'pump-mongo-unreachable', passing: true },
];
