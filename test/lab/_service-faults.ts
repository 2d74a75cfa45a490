/** Faults of IAM's daemons: what makes each, how it is undone, and what must be said of it. */

export const NODES = ['iam-1', 'iam-2'] as const;
export type Node = (typeof NODES)[number];
export type Daemon = 'iam-apiserver' | 'iam-authz-server' | 'iam-pump';

export const PORT = { 'iam-apiserver': 8080, 'iam-authz-server': 9090, 'iam-pump': 7070 } as const;

/** A fault of one daemon: what makes it, how it is undone, and what must be said. */
export interface Fault {
  readonly node: Node;
  readonly daemon: Daemon;
  /** Before the daemon is started again. */
  readonly break: string;
  readonly repair: string;
  /** Restored with the daemon already running on what was there: the files are right again. */
  readonly restoreAtOnce?: true;
  readonly id: string;
  readonly code: string;
  /** What a person must read beside the code. */
  readonly says?: string;
}

const kept = (file: string) => `/root/kept${file.replaceAll('/', '-')}`;

/** A fault in a file: it is kept, changed by a script, and put back as it was. */
function inFile(node: Node, daemon: Daemon, file: string, script: string, code: string): Fault {
  return {
    node,
    daemon,
    break: `cp -p ${file} ${kept(file)}\n${script}`,
    repair: `mv ${kept(file)} ${file}`,
    id: `settings/${node}/${daemon}`,
    code,
  };
}

export const yaml = (daemon: Daemon) => `/etc/iam/${daemon}.yaml`;
const pem = (name: string) => `/etc/iam/cert/${name}.pem`;

/** Another program has the daemon's port. */
function portTaken(node: Node, daemon: Daemon): Fault {
  return {
    node,
    daemon,
    break: `systemd-run -q --unit squatter python3 -m http.server ${PORT[daemon]}
until (: </dev/tcp/127.0.0.1/${PORT[daemon]}) 2>/dev/null; do sleep 0.1; done`,
    repair: 'systemctl stop squatter',
    id: `applied/${node}/unit:${daemon}`,
    code: 'daemon-port-taken',
    says: `port ${PORT[daemon]} is taken by python3`,
  };
}

export const SELF_SIGNED = 'openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=somebody';

export const ROUNDS: Readonly<Record<string, readonly Fault[]>> = {
  'configuration, log, port': [
    inFile(
      'iam-1',
      'iam-apiserver',
      yaml('iam-apiserver'),
      `rm ${yaml('iam-apiserver')}`,
      'daemon-config-missing',
    ),
    inFile(
      'iam-2',
      'iam-apiserver',
      yaml('iam-apiserver'),
      `printf 'a: b: c\\n' >>${yaml('iam-apiserver')}`,
      'daemon-config-bad-yaml',
    ),
    {
      node: 'iam-1',
      daemon: 'iam-pump',
      break: 'chown root:root /var/log/iam/iam-pump.log; chmod 0600 /var/log/iam/iam-pump.log',
      repair: 'chown iam:iam /var/log/iam/iam-pump.log; chmod 0640 /var/log/iam/iam-pump.log',
      id: 'applied/iam-1/unit:iam-pump',
      code: 'daemon-log-unwritable',
      says: '/var/log/iam/iam-pump.log',
    },
    portTaken('iam-2', 'iam-pump'),
  ],
  'types, certificates, folders, modes': [
    inFile(
      'iam-1',
      'iam-apiserver',
      yaml('iam-apiserver'),
      `sed -i 's/bind-port: 8443/bind-port: "abc"/' ${yaml('iam-apiserver')}`,
      'daemon-settings-refused',
    ),
    inFile(
      'iam-2',
      'iam-apiserver',
      pem('iam-apiserver'),
      `rm ${pem('iam-apiserver')}`,
      'daemon-certificate-missing',
    ),
    {
      node: 'iam-1',
      daemon: 'iam-pump',
      break: `mkdir -p /run/systemd/system/iam-pump.service.d
printf '[Service]\\nWorkingDirectory=/nowhere\\n' >/run/systemd/system/iam-pump.service.d/nowhere.conf
systemctl daemon-reload`,
      repair: 'rm -r /run/systemd/system/iam-pump.service.d; systemctl daemon-reload',
      id: 'applied/iam-1/unit:iam-pump',
      code: 'daemon-folder-missing',
      says: '/nowhere',
    },
    inFile(
      'iam-2',
      'iam-pump',
      yaml('iam-pump'),
      `chown root:root ${yaml('iam-pump')}`,
      'daemon-config-unreadable',
    ),
  ],
  'keys and addresses': [
    inFile(
      'iam-1',
      'iam-apiserver',
      pem('iam-apiserver-key'),
      `cat ${pem('iam-authz-server-key')} >${pem('iam-apiserver-key')}`,
      'daemon-key-mismatch',
    ),
    inFile(
      'iam-2',
      'iam-apiserver',
      yaml('iam-apiserver'),
      `sed -i 's/^  key: .*/  key: "abc"/' ${yaml('iam-apiserver')}`,
      'daemon-jwt-key-length',
    ),
    inFile(
      'iam-1',
      'iam-pump',
      yaml('iam-pump'),
      `sed -i 's#^pumps:#pumps:\\n  mongo:\\n    type: "mongo"\\n    meta:\\n      mongo_url: "mongodb://iam:%zz@10.0.4.20/x"#' ${yaml('iam-pump')}`,
      'pump-mongo-url-bad',
    ),
    inFile('iam-2', 'iam-authz-server', pem('ca'), `rm ${pem('ca')}`, 'daemon-certificate-missing'),
  ],
  'an authorization server that waits without a word': [
    inFile(
      'iam-1',
      'iam-authz-server',
      pem('ca'),
      `${SELF_SIGNED} -keyout /dev/null -out ${pem('ca')} 2>/dev/null`,
      'grpc-wrong-ca',
    ),
    {
      ...inFile(
        'iam-2',
        'iam-authz-server',
        pem('iam-apiserver'),
        `cp -p ${pem('iam-apiserver-key')} ${kept('key')}
${SELF_SIGNED} -keyout /root/key -out ${pem('iam-apiserver')} 2>/dev/null
cat /root/key >${pem('iam-apiserver-key')}; systemctl restart iam-apiserver`,
        'grpc-name-missing',
      ),
      repair: `mv ${kept(pem('iam-apiserver'))} ${pem('iam-apiserver')}; mv ${kept('key')} ${pem('iam-apiserver-key')}; rm /root/key
systemctl restart iam-apiserver`,
    },
  ],
  'a taken port, and daemons that run with what the files no longer say': [
    portTaken('iam-1', 'iam-apiserver'),
    {
      ...inFile(
        'iam-2',
        'iam-apiserver',
        yaml('iam-apiserver'),
        `sed -i 's/^  key: .*/  key: "another key"/' ${yaml('iam-apiserver')}`,
        'jwt-key-differs',
      ),
      id: 'api-database/iam-2',
      restoreAtOnce: true,
    },
    {
      ...inFile(
        'iam-2',
        'iam-authz-server',
        yaml('iam-authz-server'),
        `sed -i 's/^  password: .*/  password: "wrong"/' ${yaml('iam-authz-server')}`,
        'daemon-redis-wrong-password',
      ),
      id: 'needs/iam-2',
      restoreAtOnce: true,
      says: 'iam-authz-server',
    },
  ],
};
