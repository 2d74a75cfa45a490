import type { CatalogueArea } from '../catalogue.ts';

/** Why a daemon of IAM does not come up: the causes that its node can name. */
export const diagnosis = {
  messages: {},
  problems: {
    'daemon-config-missing': {
      title: {
        en: '{node}: {daemon} does not start: {file} is not there',
        zh: '{node}：{daemon} 无法启动：缺少 {file}',
      },
      cause: { en: 'Somebody removed or renamed the file.', zh: '该文件被删除或改名。' },
      next: {
        en: ['iam-ha-wizard apply --stage services'],
        zh: ['iam-ha-wizard apply --stage services'],
      },
    },
    'daemon-config-unreadable': {
      title: {
        en: '{node}: {daemon} does not start: it may not read {file}',
        zh: '{node}：{daemon} 无法启动：没有读取 {file} 的权限',
      },
      cause: {
        en: 'The file, or a folder above it, no longer belongs to the group iam or lost its mode.',
        zh: '文件或上级目录不再属于 iam 组，或者权限被改过。',
      },
      next: {
        en: ['On {node}: ls -ld /etc/iam; ls -l {file}', 'iam-ha-wizard apply --stage services'],
        zh: [
          '在 {node} 上执行：ls -ld /etc/iam; ls -l {file}',
          'iam-ha-wizard apply --stage services',
        ],
      },
    },
    'daemon-config-bad-yaml': {
      title: {
        en: '{node}: {daemon} does not start: {file} is not YAML (line {line})',
        zh: '{node}：{daemon} 无法启动：{file} 不是合法的 YAML（第 {line} 行）',
      },
      cause: {
        en: 'It was edited by hand. IAM said: {detail}',
        zh: '文件被手工改过。IAM 的报错：{detail}',
      },
      next: {
        en: ['iam-ha-wizard apply --stage services --overwrite {file}'],
        zh: ['iam-ha-wizard apply --stage services --overwrite {file}'],
      },
    },
    'daemon-config-wrong-type': {
      title: {
        en: '{node}: {daemon} does not start: {key} in its configuration must be of type {type}',
        zh: '{node}：{daemon} 无法启动：配置项 {key} 的类型必须是 {type}',
      },
      cause: {
        en: '/etc/iam/{daemon}.yaml was edited by hand.',
        zh: '/etc/iam/{daemon}.yaml 被手工改过。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage services --overwrite /etc/iam/{daemon}.yaml'],
        zh: ['iam-ha-wizard apply --stage services --overwrite /etc/iam/{daemon}.yaml'],
      },
    },
    'daemon-jwt-key-length': {
      title: {
        en: '{node}: {daemon} does not start: jwt.key must have 6 to 32 characters, and has {length}',
        zh: '{node}：{daemon} 无法启动：jwt.key 的长度必须是 6 到 32 个字符，现在是 {length}',
      },
      cause: {
        en: '/etc/iam/{daemon}.yaml was edited by hand.',
        zh: '/etc/iam/{daemon}.yaml 被手工改过。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage services --overwrite /etc/iam/{daemon}.yaml'],
        zh: ['iam-ha-wizard apply --stage services --overwrite /etc/iam/{daemon}.yaml'],
      },
    },
    'daemon-settings-refused': {
      title: {
        en: '{node}: {daemon} ends at once and writes no word about it',
        zh: '{node}：{daemon} 一启动就退出，且没有留下任何日志',
      },
      cause: {
        en: 'It refuses a value of /etc/iam/{daemon}.yaml: such complaints go to standard output, which is thrown away because IAM prints its passwords there. Likely: a value of a wrong type, as text where a number belongs.',
        zh: '它拒绝了 /etc/iam/{daemon}.yaml 中的某个值：这类报错写到标准输出，而 IAM 会在标准输出打印密码，所以不予保留。常见原因：某个值的类型不对，例如该写数字的地方写了文字。',
      },
      next: {
        en: [
          'iam-ha-wizard apply --stage services --overwrite /etc/iam/{daemon}.yaml',
          'On {node}, to see its words: runuser -u iam -- /opt/iam/bin/{daemon} --config=/etc/iam/{daemon}.yaml | grep Error',
        ],
        zh: [
          'iam-ha-wizard apply --stage services --overwrite /etc/iam/{daemon}.yaml',
          '在 {node} 上查看报错：runuser -u iam -- /opt/iam/bin/{daemon} --config=/etc/iam/{daemon}.yaml | grep Error',
        ],
      },
    },
    'daemon-log-unwritable': {
      title: {
        en: '{node}: {daemon} does not start: it cannot write {file}',
        zh: '{node}：{daemon} 无法启动：无法写入 {file}',
      },
      cause: {
        en: 'The log belongs to somebody else: the daemon was once started by hand as root. Or the disk is full.',
        zh: '日志文件属于其他用户：该服务曾被手工以 root 启动。也可能是磁盘已满。',
      },
      next: {
        en: ['On {node}: ls -l {file}; df -h /var/log', 'On {node}: chown iam:iam {file}'],
        zh: [
          '在 {node} 上执行：ls -l {file}; df -h /var/log',
          '在 {node} 上执行：chown iam:iam {file}',
        ],
      },
    },
    'daemon-port-taken': {
      title: {
        en: '{node}: {daemon} does not start: port {port} is taken by {by}',
        zh: '{node}：{daemon} 无法启动：端口 {port} 被 {by} 占用',
      },
      cause: {
        en: 'Another program listens there; a health check of that port talks to it.',
        zh: '另一个程序在监听该端口；对该端口的健康检查访问到的是它。',
      },
      next: {
        en: [
          'On {node}: ss -ltnp "( sport = :{port} )"',
          'Stop that program; {daemon} starts by itself within 2 s.',
        ],
        zh: [
          '在 {node} 上执行：ss -ltnp "( sport = :{port} )"',
          '停止该程序；{daemon} 会在 2 秒内自动启动。',
        ],
      },
    },
    'daemon-address-missing': {
      title: {
        en: '{node}: {daemon} does not start: {address} is not an address of this machine',
        zh: '{node}：{daemon} 无法启动：{address} 不是本机地址',
      },
      cause: {
        en: 'A bind-address in /etc/iam/{daemon}.yaml was edited by hand, or the network is not up.',
        zh: '/etc/iam/{daemon}.yaml 中的 bind-address 被手工改过，或者网络未就绪。',
      },
      next: {
        en: ['On {node}: ip -4 addr', 'iam-ha-wizard apply --stage services'],
        zh: ['在 {node} 上执行：ip -4 addr', 'iam-ha-wizard apply --stage services'],
      },
    },
    'daemon-certificate-missing': {
      title: {
        en: '{node}: {daemon} does not start: {file} is not there',
        zh: '{node}：{daemon} 无法启动：缺少 {file}',
      },
      cause: {
        en: 'Somebody removed the certificate or key.',
        zh: '证书或私钥被删除。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage services'],
        zh: ['iam-ha-wizard apply --stage services'],
      },
    },
    'daemon-certificate-unreadable': {
      title: {
        en: '{node}: {daemon} does not start: it may not read {file}',
        zh: '{node}：{daemon} 无法启动：没有读取 {file} 的权限',
      },
      cause: {
        en: 'The file or its folder no longer belongs to the group iam, or lost its mode.',
        zh: '文件或所在目录不再属于 iam 组，或者权限被改过。',
      },
      next: {
        en: [
          'On {node}: ls -ld /etc/iam/cert; ls -l {file}',
          'iam-ha-wizard apply --stage services',
        ],
        zh: [
          '在 {node} 上执行：ls -ld /etc/iam/cert; ls -l {file}',
          'iam-ha-wizard apply --stage services',
        ],
      },
    },
    'daemon-certificate-bad': {
      title: {
        en: '{node}: {daemon} does not start: a certificate or key cannot be used',
        zh: '{node}：{daemon} 无法启动：证书或私钥无法使用',
      },
      cause: { en: 'IAM said: {detail}', zh: 'IAM 的报错：{detail}' },
      next: {
        en: ['On {node}: ls -l /etc/iam/cert', 'iam-ha-wizard apply --stage services'],
        zh: ['在 {node} 上执行：ls -l /etc/iam/cert', 'iam-ha-wizard apply --stage services'],
      },
    },
    'daemon-key-mismatch': {
      title: {
        en: '{node}: {daemon} does not start: its key belongs to another certificate',
        zh: '{node}：{daemon} 无法启动：私钥与证书不匹配',
      },
      cause: {
        en: 'One of /etc/iam/cert/{daemon}.pem and {daemon}-key.pem was replaced without the other.',
        zh: '/etc/iam/cert/{daemon}.pem 和 {daemon}-key.pem 只替换了其中一个。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage services'],
        zh: ['iam-ha-wizard apply --stage services'],
      },
    },
    'daemon-folder-missing': {
      title: {
        en: '{node}: {daemon} does not start: its folder {folder} cannot be entered',
        zh: '{node}：{daemon} 无法启动：无法进入工作目录 {folder}',
      },
      cause: {
        en: 'The folder was removed, or a drop-in of the unit names another one.',
        zh: '该目录被删除，或者单元的 drop-in 指定了别的目录。',
      },
      next: {
        en: [
          'On {node}: systemctl cat {daemon}; ls -ld {folder}',
          'iam-ha-wizard apply --stage services',
        ],
        zh: [
          '在 {node} 上执行：systemctl cat {daemon}; ls -ld {folder}',
          'iam-ha-wizard apply --stage services',
        ],
      },
    },
    'daemon-not-executable': {
      title: {
        en: '{node}: {daemon} does not start: {file} cannot be run',
        zh: '{node}：{daemon} 无法启动：{file} 无法执行',
      },
      cause: {
        en: 'It was removed, lost its mode, is for another architecture, or its file system is mounted noexec.',
        zh: '文件被删除、没有执行权限、属于别的架构，或者所在文件系统以 noexec 挂载。',
      },
      next: {
        en: ['On {node}: ls -l {file}; findmnt -T {file}', 'iam-ha-wizard apply --stage services'],
        zh: [
          '在 {node} 上执行：ls -l {file}; findmnt -T {file}',
          'iam-ha-wizard apply --stage services',
        ],
      },
    },
    'daemon-user-missing': {
      title: {
        en: '{node}: {daemon} does not start: the user iam does not exist',
        zh: '{node}：{daemon} 无法启动：用户 iam 不存在',
      },
      cause: { en: 'Somebody removed the user.', zh: '该用户被删除。' },
      next: {
        en: ['iam-ha-wizard apply --stage services'],
        zh: ['iam-ha-wizard apply --stage services'],
      },
    },
    'grpc-wrong-ca': {
      title: {
        en: '{node}: iam-authz-server waits for ever: it does not trust the API server’s certificate',
        zh: '{node}：iam-authz-server 一直等待：它不信任 API 服务的证书',
      },
      cause: {
        en: '/etc/iam/cert/ca.pem is not the CA that signed iam-apiserver.pem. The daemon runs, opens no port and writes no log.',
        zh: '/etc/iam/cert/ca.pem 不是签发 iam-apiserver.pem 的 CA。服务在运行，但不监听端口，也不写日志。',
      },
      next: {
        en: [
          'On {node}: openssl s_client -connect 127.0.0.1:8081 -CAfile /etc/iam/cert/ca.pem </dev/null | grep Verify',
          'iam-ha-wizard apply --stage services',
          'If the files are right already, on {node}: systemctl restart iam-apiserver iam-authz-server',
        ],
        zh: [
          '在 {node} 上执行：openssl s_client -connect 127.0.0.1:8081 -CAfile /etc/iam/cert/ca.pem </dev/null | grep Verify',
          'iam-ha-wizard apply --stage services',
          '文件若已正确，在 {node} 上执行：systemctl restart iam-apiserver iam-authz-server',
        ],
      },
    },
    'grpc-name-missing': {
      title: {
        en: '{node}: iam-authz-server waits for ever: 127.0.0.1 is not in the API server’s certificate',
        zh: '{node}：iam-authz-server 一直等待：API 服务的证书中没有 127.0.0.1',
      },
      cause: {
        en: 'iam-apiserver.pem was replaced by one without that address (SAN). The daemon runs, opens no port and writes no log.',
        zh: 'iam-apiserver.pem 被换成了不含该地址（SAN）的证书。服务在运行，但不监听端口，也不写日志。',
      },
      next: {
        en: [
          'On {node}: openssl x509 -noout -ext subjectAltName -in /etc/iam/cert/iam-apiserver.pem',
          'iam-ha-wizard apply --stage services',
          'If the files are right already, on {node}: systemctl restart iam-apiserver iam-authz-server',
        ],
        zh: [
          '在 {node} 上执行：openssl x509 -noout -ext subjectAltName -in /etc/iam/cert/iam-apiserver.pem',
          'iam-ha-wizard apply --stage services',
          '文件若已正确，在 {node} 上执行：systemctl restart iam-apiserver iam-authz-server',
        ],
      },
    },
    'grpc-certificate-expired': {
      title: {
        en: '{node}: iam-authz-server waits for ever: the API server’s certificate is not valid now',
        zh: '{node}：iam-authz-server 一直等待：API 服务的证书当前不在有效期内',
      },
      cause: {
        en: 'The certificate has expired, or this machine’s clock is wrong.',
        zh: '证书已过期，或者本机时钟不对。',
      },
      next: {
        en: [
          'On {node}: date; openssl x509 -noout -dates -in /etc/iam/cert/iam-apiserver.pem',
          'iam-ha-wizard apply --stage services',
          'If the files are right already, on {node}: systemctl restart iam-apiserver iam-authz-server',
        ],
        zh: [
          '在 {node} 上执行：date; openssl x509 -noout -dates -in /etc/iam/cert/iam-apiserver.pem',
          'iam-ha-wizard apply --stage services',
          '文件若已正确，在 {node} 上执行：systemctl restart iam-apiserver iam-authz-server',
        ],
      },
    },
    'grpc-refused': {
      title: {
        en: '{node}: iam-authz-server waits for the API server of its own node',
        zh: '{node}：iam-authz-server 正在等待本节点的 API 服务',
      },
      cause: {
        en: 'Nothing listens on 127.0.0.1:8081. It goes on by itself a few seconds after iam-apiserver has started.',
        zh: '127.0.0.1:8081 没有程序监听。iam-apiserver 启动后几秒内它会自行恢复。',
      },
      next: {
        en: ['On {node}: systemctl status iam-apiserver; tail /var/log/iam/iam-apiserver.log'],
        zh: [
          '在 {node} 上执行：systemctl status iam-apiserver; tail /var/log/iam/iam-apiserver.log',
        ],
      },
    },
    'grpc-no-handshake': {
      title: {
        en: '{node}: iam-authz-server waits: it comes to no agreement with what answers on 127.0.0.1:8081',
        zh: '{node}：iam-authz-server 正在等待：与 127.0.0.1:8081 的握手不成功',
      },
      cause: {
        en: 'Another program has the port, or TLS fails. gRPC said: {detail}',
        zh: '端口被其他程序占用，或者 TLS 失败。gRPC 的报错：{detail}',
      },
      next: {
        en: ['On {node}: ss -ltnp "( sport = :8081 )"; journalctl -u iam-authz-server -n 5'],
        zh: ['在 {node} 上执行：ss -ltnp "( sport = :8081 )"; journalctl -u iam-authz-server -n 5'],
      },
    },
    'pump-mongo-url-bad': {
      title: {
        en: '{node}: iam-pump does not start: it cannot read mongo_url',
        zh: '{node}：iam-pump 无法启动：mongo_url 无法解析',
      },
      cause: {
        en: '/etc/iam/iam-pump.yaml was edited by hand: in the address every special character of the password is written %XX, and unknown options are refused.',
        zh: '/etc/iam/iam-pump.yaml 被手工改过：地址中密码的特殊字符都要写成 %XX，未知选项会被拒绝。',
      },
      next: {
        en: ['iam-ha-wizard apply --stage services --overwrite /etc/iam/iam-pump.yaml'],
        zh: ['iam-ha-wizard apply --stage services --overwrite /etc/iam/iam-pump.yaml'],
      },
    },
    'pump-mongo-unreachable': {
      title: {
        en: '{node}: iam-pump does not reach MongoDB',
        zh: '{node}：iam-pump 连不上 MongoDB',
      },
      cause: {
        en: 'MongoDB is away or refuses the log-in. While the pump waits for it no record is stored, its /healthz still says "ok", and a stop of it takes until it is killed.',
        zh: 'MongoDB 不在线或拒绝登录。pump 等待期间不会保存任何记录，它的 /healthz 仍然返回 ok，停止它要等到被强制杀死。',
      },
      next: {
        en: [
          'On {node}: tail /var/log/iam/iam-pump.log',
          'Mend MongoDB; the pump goes on by itself within 10 s.',
        ],
        zh: [
          '在 {node} 上执行：tail /var/log/iam/iam-pump.log',
          '修复 MongoDB；pump 会在 10 秒内自行恢复。',
        ],
      },
    },
  },
} as const satisfies CatalogueArea;
