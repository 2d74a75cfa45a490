import type { CatalogueArea } from '../catalogue.ts';

/** Reaching the nodes, entering them, becoming root there. */
export const ssh = {
  messages: {
    'ssh-ask-password': {
      en: 'Password of {user} on {host} ({node})',
      zh: '{host}（{node}）上用户 {user} 的密码',
    },
    'ssh-ask-passphrase': { en: 'Passphrase of the key {path}', zh: '密钥 {path} 的口令' },
    'ssh-ask-sudo-password': {
      en: 'sudo password of {user} on {node}',
      zh: '{node} 上用户 {user} 的 sudo 密码',
    },
    'ssh-ask-answer': { en: '{node} asks: {question}', zh: '{node} 询问：{question}' },
  },
  problems: {
    'host-unreachable': {
      title: {
        en: '{node}: {host} does not answer on port {port}',
        zh: '{node}：{host} 的 {port} 端口没有应答',
      },
      cause: {
        en: 'Nothing came back in time: the address is wrong, the machine is off, or a firewall or security group drops what we send.',
        zh: '在时限内没有收到任何应答：地址写错了、机器没有开机，或者防火墙、安全组丢弃了数据包。',
      },
      next: {
        en: [
          'Look at the machine and at its security group: TCP port {port} must be open to this computer.',
          'ssh -v -p {port} {host}',
        ],
        zh: ['检查机器状态和安全组：TCP 端口 {port} 要对本机开放。', 'ssh -v -p {port} {host}'],
      },
    },
    'host-unreachable-refused': {
      title: {
        en: '{node}: {host} refuses connections on port {port}',
        zh: '{node}：{host} 拒绝了到 {port} 端口的连接',
      },
      cause: {
        en: 'The machine is there, but no SSH server listens on that port, or a firewall rejects us.',
        zh: '机器在线，但该端口没有 SSH 服务在监听，或者被防火墙拒绝。',
      },
      next: {
        en: [
          'Look at the port (`ssh.port` in the cluster file), and whether sshd runs on the machine: systemctl status ssh sshd',
        ],
        zh: [
          '检查端口（集群文件中的 `ssh.port`），以及机器上 sshd 是否在运行：systemctl status ssh sshd',
        ],
      },
    },
    'host-unreachable-name': {
      title: { en: '{node}: the name {host} is not known', zh: '{node}：无法解析主机名 {host}' },
      cause: {
        en: 'No address is known for that name on this computer: it is misspelt, or DNS does not answer.',
        zh: '本机查不到这个名字对应的地址：名字写错了，或者 DNS 没有应答。',
      },
      next: {
        en: ['getent hosts {host}', 'Or write the address itself into the cluster file.'],
        zh: ['getent hosts {host}', '也可以在集群文件里直接写 IP 地址。'],
      },
    },
    'host-unreachable-route': {
      title: { en: '{node}: there is no way to {host}', zh: '{node}：没有到 {host} 的路由' },
      cause: {
        en: 'In this computer’s own subnet: no machine has that address, or it is off. Elsewhere: this computer, or a router in between, knows no route to it. A private address needs a jump host or a VPN.',
        zh: '如果在本机所在的子网：没有机器使用该地址，或机器没有开机。否则：本机或途中的路由器没有到该地址的路由。访问内网 IP 需要跳板机或 VPN。',
      },
      next: {
        en: [
          'ip route get {host}',
          'Write the public address as `ssh: { host: … }` of the node, or a ProxyJump into ~/.ssh/config.',
        ],
        zh: [
          'ip route get {host}',
          '给节点写上公网地址 `ssh: { host: … }`，或者在 ~/.ssh/config 里配置 ProxyJump。',
        ],
      },
    },
    'ssh-handshake-failed': {
      title: {
        en: '{node}: {host} port {port} does not speak SSH with us',
        zh: '{node}：与 {host} 的 {port} 端口 SSH 握手失败',
      },
      cause: {
        en: 'Something else listens on that port, or the server has no algorithm in common with us, or it closed the connection (too many at once, an address that it blocks). It said: {detail}',
        zh: '该端口上可能不是 SSH 服务，或者双方没有共同支持的算法，或者服务器主动断开（连接过多、来源地址被封禁）。对方的信息：{detail}',
      },
      next: { en: ['ssh -v -p {port} {host}'], zh: ['ssh -v -p {port} {host}'] },
    },
    'ssh-config-bad': {
      title: {
        en: '{node}: ~/.ssh/config does not say how to reach {host}',
        zh: '{node}：无法从 ~/.ssh/config 得知如何连接 {host}',
      },
      cause: {
        en: '`ssh -G` failed, or the jump hosts lead back to themselves.',
        zh: '`ssh -G` 执行失败，或者跳板机配置成了循环。',
      },
      next: { en: ['ssh -G {host}'], zh: ['ssh -G {host}'] },
    },
    'key-unreadable': {
      title: { en: '{node}: the key {path} cannot be used', zh: '{node}：密钥 {path} 无法使用' },
      cause: {
        en: 'The file is missing, may not be read, or holds no private key of a kind we know. {detail}',
        zh: '文件不存在、没有读权限，或者里面不是可识别的私钥。{detail}',
      },
      next: {
        en: [
          "ls -l '{path}'",
          'Write the path of a private key (not of the .pub file) into `ssh.identityFile`.',
        ],
        zh: ["ls -l '{path}'", '在 `ssh.identityFile` 里写私钥的路径（不是 .pub 文件）。'],
      },
    },
    'key-encrypted': {
      title: {
        en: '{node}: the key {path} has a passphrase',
        zh: '{node}：密钥 {path} 有口令保护',
      },
      cause: {
        en: 'No agent holds the key open, and nobody gave its passphrase.',
        zh: 'ssh-agent 里没有这个密钥，也没有人输入口令。',
      },
      next: {
        en: [
          'eval "$(ssh-agent)" && ssh-add \'{path}\'',
          'Or run this in a terminal: the passphrase is asked for.',
        ],
        zh: ['eval "$(ssh-agent)" && ssh-add \'{path}\'', '或者在终端里运行本程序，会询问口令。'],
      },
    },
    'auth-refused': {
      title: {
        en: '{node}: {host} does not let {user} in',
        zh: '{node}：{host} 拒绝用户 {user} 登录',
      },
      cause: {
        en: 'Tried: {methods}. The server takes: {offered}. The user, the key or the password is wrong.',
        zh: '已尝试：{methods}。服务器接受：{offered}。用户名、密钥或密码不对。',
      },
      next: {
        en: [
          'ssh {user}@{host}',
          'Look at `ssh.user`, `ssh.identityFile` and `ssh.password` in the cluster file; ssh-copy-id {user}@{host} puts your key there.',
        ],
        zh: [
          'ssh {user}@{host}',
          '检查集群文件里的 `ssh.user`、`ssh.identityFile`、`ssh.password`；ssh-copy-id {user}@{host} 可以把公钥放上去。',
        ],
      },
    },
    'password-expired': {
      title: {
        en: '{node}: the password of {user} has expired',
        zh: '{node}：用户 {user} 的密码已过期',
      },
      cause: {
        en: 'The server wants a new password before it lets anybody in.',
        zh: '服务器要求先修改密码才能登录。',
      },
      next: {
        en: ['Log in by hand once and set a new one: ssh {user}@{host}'],
        zh: ['手动登录一次并设置新密码：ssh {user}@{host}'],
      },
    },
    'host-key-unknown': {
      title: {
        en: '{node}: the host key of {host} is not known yet',
        zh: '{node}：还不认识 {host} 的主机密钥',
      },
      cause: {
        en: 'This computer has never been there, so it cannot tell the machine from an impostor. It showed {algorithm} {fingerprint}.',
        zh: '本机从未连接过它，无法分辨是不是冒充的。它出示的密钥是 {algorithm} {fingerprint}。',
      },
      next: {
        en: [
          'Compare it with what the console of the machine prints: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
          'If it is the same, answer yes in a terminal, or run again with --accept-new-host-keys',
        ],
        zh: [
          '和机器控制台上的输出对比：ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
          '如果一致，在终端里回答 yes，或者加上 --accept-new-host-keys 再运行',
        ],
      },
    },
    'host-key-changed': {
      title: {
        en: '{node}: the host key of {host} has changed',
        zh: '{node}：{host} 的主机密钥变了',
      },
      cause: {
        en: 'The machine was rebuilt, or somebody stands in between. Recorded: {recorded} ({knownHosts}, line {knownHostsLine}); shown now: {algorithm} {fingerprint}.',
        zh: '机器重装过，或者有人在中间冒充。记录的是 {recorded}（{knownHosts} 第 {knownHostsLine} 行），现在出示的是 {algorithm} {fingerprint}。',
      },
      next: {
        en: [
          'Compare it on the console of the machine: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
          "Only if you rebuilt it, forget the old key: ssh-keygen -R '{name}' -f '{knownHosts}'",
          'Then run again; the new key is shown and asked about (--accept-new-host-keys where nobody can answer).',
        ],
        zh: [
          '在机器控制台上对比：ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
          "确实是自己重装的，才忘掉旧密钥：ssh-keygen -R '{name}' -f '{knownHosts}'",
          '然后再运行一次；会显示新密钥并询问（无人值守时用 --accept-new-host-keys）。',
        ],
      },
    },
    'host-key-revoked': {
      title: {
        en: '{node}: {host} shows a host key that is marked as revoked',
        zh: '{node}：{host} 出示的主机密钥已被标记为吊销',
      },
      cause: {
        en: 'Line {knownHostsLine} of {knownHosts} says that nobody may trust {fingerprint} any more.',
        zh: '{knownHosts} 第 {knownHostsLine} 行写明 {fingerprint} 不可再信任。',
      },
      next: {
        en: ['Give the machine new host keys: rm /etc/ssh/ssh_host_* && ssh-keygen -A'],
        zh: ['给机器换新的主机密钥：rm /etc/ssh/ssh_host_* && ssh-keygen -A'],
      },
    },
    'sudo-password-needed': {
      title: {
        en: '{node}: sudo asks {user} for a password',
        zh: '{node}：用户 {user} 使用 sudo 需要密码',
      },
      cause: {
        en: 'None is known, and nobody can be asked.',
        zh: '没有提供密码，也没有人可以询问。',
      },
      next: {
        en: ['Name it in the cluster file: ssh: { sudoPassword: env:IAM_SUDO_PASSWORD }'],
        zh: ['在集群文件里写上：ssh: { sudoPassword: env:IAM_SUDO_PASSWORD }'],
      },
    },
    'sudo-password-wrong': {
      title: {
        en: '{node}: sudo does not take the password of {user}',
        zh: '{node}：sudo 不接受用户 {user} 的密码',
      },
      cause: {
        en: 'The password is wrong, or the account is locked after too many tries.',
        zh: '密码不对，或者因多次输错被锁定。',
      },
      next: {
        en: [
          'ssh -t {user}@{host} sudo -k true',
          'Look at `ssh.sudoPassword` in the cluster file.',
        ],
        zh: ['ssh -t {user}@{host} sudo -k true', '检查集群文件里的 `ssh.sudoPassword`。'],
      },
    },
    'sudo-not-allowed': {
      title: { en: '{node}: {user} may not use sudo', zh: '{node}：用户 {user} 没有 sudo 权限' },
      cause: {
        en: 'The machine has no sudo rule that lets this user run everything as root.',
        zh: '机器上没有允许该用户以 root 运行所有命令的 sudo 规则。',
      },
      next: {
        en: [
          'As root on the machine: usermod -aG sudo {user}   (Rocky, TencentOS and the like: wheel)',
        ],
        zh: ['在机器上用 root 执行：usermod -aG sudo {user}（Rocky、TencentOS 等用 wheel 组）'],
      },
    },
    'sudo-needs-tty': {
      title: {
        en: '{node}: sudo wants a terminal (requiretty)',
        zh: '{node}：sudo 要求有终端（requiretty）',
      },
      cause: {
        en: 'An old sudoers file has `Defaults requiretty`: sudo then refuses to work for any program.',
        zh: '旧的 sudoers 文件里有 `Defaults requiretty`，程序就无法使用 sudo。',
      },
      next: {
        en: ['As root, in visudo: Defaults:{user} !requiretty', 'Or connect as root.'],
        zh: ['用 root 执行 visudo，加上：Defaults:{user} !requiretty', '或者直接以 root 连接。'],
      },
    },
    'sudo-missing': {
      title: {
        en: '{node}: there is no sudo, and {user} is not root',
        zh: '{node}：没有安装 sudo，而用户 {user} 不是 root',
      },
      cause: { en: 'The wizard works as root on the nodes.', zh: '向导在节点上需要 root 权限。' },
      next: {
        en: ['Connect as root (`ssh: { user: root }`), or install sudo on the machine.'],
        zh: ['以 root 连接（`ssh: { user: root }`），或者在机器上安装 sudo。'],
      },
    },
    'ssh-disconnected': {
      title: { en: '{node}: the connection was lost', zh: '{node}：连接断开' },
      cause: {
        en: 'The network, the machine or its sshd went away. What was running there runs on to its end.',
        zh: '网络、机器或它的 sshd 断开了。当时正在执行的步骤会继续执行完。',
      },
      next: {
        en: [
          'Look whether the machine is up, and run the same command again: it goes on from there.',
        ],
        zh: ['确认机器正常，然后重新运行同一条命令：会从断开处继续。'],
      },
    },
    'script-not-started': {
      title: {
        en: '{node}: the login works, but no command runs (exit code {exitCode})',
        zh: '{node}：可以登录，但无法执行命令（退出码 {exitCode}）',
      },
      cause: {
        en: 'The account has no usable shell, sshd forces another command, or bash is missing. It said: {detail}',
        zh: '账号没有可用的 shell、sshd 强制执行了别的命令，或者没有 bash。对方的信息：{detail}',
      },
      next: {
        en: ['Log in by hand and try: bash -c true'],
        zh: ['手动登录并尝试：bash -c true'],
      },
    },
    'output-too-large': {
      title: {
        en: '{node}: a command printed more than 64 MiB',
        zh: '{node}：命令输出超过 64 MiB',
      },
      cause: {
        en: 'No command of ours prints that much: something on the machine answers in its place.',
        zh: '我们的命令不会输出这么多内容：可能被机器上的其他程序替换了。',
      },
      next: {
        en: ['Look at the detail, and at what /bin and PATH hold on the machine.'],
        zh: ['查看详情，并检查机器上 /bin 和 PATH 里的程序。'],
      },
    },
    'run-cancelled': {
      title: { en: '{node}: the step was stopped', zh: '{node}：步骤已停止' },
      cause: { en: 'It was stopped from here, before its end.', zh: '它在完成之前被本机停止。' },
      next: {
        en: ['Run the same command again: it looks at what is there, and goes on.'],
        zh: ['重新运行同一条命令：会先检查现状，再继续。'],
      },
    },
    'run-left-running': {
      title: { en: '{node}: the step was left running', zh: '{node}：步骤留在节点上继续执行' },
      cause: {
        en: 'You stopped waiting for it; it runs on by itself to its end.',
        zh: '本机不再等待，它会自行执行完。',
      },
      next: {
        en: ['Run the same command again: it looks at what is there, and goes on.'],
        zh: ['重新运行同一条命令：会先检查现状，再继续。'],
      },
    },
    'forwarding-prohibited': {
      title: { en: '{node}: its sshd forbids forwarding', zh: '{node}：sshd 禁止端口转发' },
      cause: {
        en: 'sshd has `AllowTcpForwarding no` or a PermitOpen rule, so this node cannot be where a client stands.',
        zh: 'sshd 配置了 `AllowTcpForwarding no` 或 PermitOpen，因此不能把这个节点当作客户端的位置。',
      },
      next: {
        en: ['Allow it in sshd_config, or choose another place in `vantages` of the cluster file.'],
        zh: ['在 sshd_config 里允许转发，或者在集群文件的 `vantages` 里换一个位置。'],
      },
    },
    'upload-unreadable': {
      title: { en: 'the file {path} cannot be read', zh: '无法读取文件 {path}' },
      cause: {
        en: 'It is missing, or may not be read. {detail}',
        zh: '文件不存在，或者没有读权限。{detail}',
      },
      next: { en: ["ls -l '{path}'"], zh: ["ls -l '{path}'"] },
    },
  },
} as const satisfies CatalogueArea;
