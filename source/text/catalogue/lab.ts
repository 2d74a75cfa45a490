import type { CatalogueArea } from '../catalogue.ts';

/** Machines and a network on this computer. */
export const lab = {
  messages: {
    'lab-cache-waiting': {
      en: 'another command is building the image; waiting for it',
      zh: '另一个命令正在制作镜像，等它完成',
    },
    'lab-image-building': {
      en: 'building the {image} image, once; the next lab starts in seconds',
      zh: '制作 {image} 镜像，只做这一次；以后的实验环境几秒钟就能启动',
    },
    'lab-image-lists': { en: '{image}: package lists', zh: '{image}：软件包列表' },
    'lab-image-downloading': { en: '{image}: downloading Debian', zh: '{image}：下载 Debian' },
    'lab-image-extracting': { en: '{image}: unpacking', zh: '{image}：解包' },
    'lab-image-essential': {
      en: '{image}: installing the essential packages',
      zh: '{image}：安装基本软件包',
    },
    'lab-image-installing': {
      en: '{image}: installing the other packages',
      zh: '{image}：安装其余软件包',
    },
    'lab-image-cleaning': { en: '{image}: cleaning up', zh: '{image}：清理' },
    'lab-packages-downloading': {
      en: '{image}: fetching what the wizard installs on the machines',
      zh: '{image}：下载向导要在机器上安装的软件包',
    },
    'lab-packages-indexed': {
      en: '{count} packages are in the local repository',
      zh: '本地软件源里有 {count} 个软件包',
    },
    'lab-iam-compiling': {
      en: 'building IAM’s own daemons from their source: {percent} %',
      zh: '用源码构建 IAM 的服务程序：{percent} %',
    },
    'help-option-lab-mongodb': {
      en: 'one machine more with a stand-in for MongoDB, and the audit records in it (default: none, CSV files)',
      zh: '多一台运行 MongoDB 替身的机器，审计记录存入其中（默认没有，写 CSV 文件）',
    },
    'lab-mongodb': {
      en: 'mongo {address}: a STAND-IN for MongoDB; the audit records go there',
      zh: 'mongo {address}：MongoDB 的替身（STAND-IN），审计记录存入其中',
    },
    'help-option-lab-cloud': {
      en: 'tencent (default), console or none: what the cluster file says; with none the lab has no cloud',
      zh: 'tencent（默认）、console 或 none：写入集群文件；none 时实验环境没有云',
    },
    'lab-cloud': {
      en: 'cloud {endpoint}: a STAND-IN for Tencent Cloud; "lab run" has its keys in the environment',
      zh: '云 {endpoint}：腾讯云的替身（STAND-IN），“lab run”的环境变量中有它的密钥',
    },
    'lab-iam-go-missing': {
      en: 'Go is not installed here: the lab runs a stand-in for IAM, and says so everywhere',
      zh: '本机没有安装 Go：实验环境用替身代替 IAM，并处处注明',
    },
    'lab-iam-go-too-old': {
      en: 'Go is older than 1.21 here: the lab runs a stand-in for IAM, and says so everywhere',
      zh: '本机的 Go 低于 1.21：实验环境用替身代替 IAM，并处处注明',
    },
    'lab-iam-not-built': {
      en: 'IAM could not be built ({why}): the lab runs a stand-in for it, and says so everywhere',
      zh: 'IAM 构建失败（{why}）：实验环境用替身代替它，并处处注明',
    },
    'lab-installing-packages': {
      en: 'installing on this computer: {packages}',
      zh: '在这台电脑上安装：{packages}',
    },
    'lab-ask-packages': {
      en: 'The lab needs these packages on this computer: {packages}. Install them?',
      zh: '实验环境需要在这台电脑上安装这些软件包：{packages}。现在安装吗？',
    },
    'lab-cleared': {
      en: 'removed what an interrupted command left of lab {lab}',
      zh: '清除了实验环境 {lab} 上次中断时留下的东西',
    },
    'lab-network': { en: 'connecting the network {subnet}', zh: '连接网络 {subnet}' },
    'lab-machine-up': {
      en: 'answers SSH on {address} after {seconds} s',
      zh: '{seconds} 秒后 {address} 的 SSH 有应答',
    },
    'lab-machine-degraded': {
      en: 'its systemd says "{state}"',
      zh: '它的 systemd 报告“{state}”',
    },
    'lab-up': {
      en: 'Lab {lab} is up: {nodes}. Cluster file: {cluster}',
      zh: '实验环境 {lab} 已启动：{nodes}。集群文件：{cluster}',
    },
    'lab-demo-begins': {
      en: 'Lab {lab}: two bare machines. From here to a pair that survives the loss of one:',
      zh: '实验环境 {lab}：两台裸机。从这里开始，直到损失任意一台仍能服务：',
    },
    'lab-up-already': {
      en: 'Lab {lab} is up already, nothing was changed: {nodes}. Cluster file: {cluster}',
      zh: '实验环境 {lab} 早已启动，没有改动：{nodes}。集群文件：{cluster}',
    },
    'lab-hint-enter': {
      en: 'Work in it:  iam-ha-wizard lab run --name {lab} -- iam-ha-wizard plan',
      zh: '在里面操作：iam-ha-wizard lab run --name {lab} -- iam-ha-wizard plan',
    },
    'lab-hint-remove': {
      en: 'Remove it:   iam-ha-wizard lab down --name {lab}',
      zh: '移除它：    iam-ha-wizard lab down --name {lab}',
    },
    'lab-removed': {
      en: 'Lab {lab} is gone: no process, mount, namespace, interface, cgroup or file is left, only the caches in {cache}',
      zh: '实验环境 {lab} 已移除：没有留下进程、挂载、命名空间、网卡、cgroup 或文件，只有 {cache} 里的缓存',
    },
    'lab-nothing-there': {
      en: 'There is no lab {lab}: nothing to remove',
      zh: '没有实验环境 {lab}，不需要移除',
    },
    'lab-status-up': { en: 'Lab {lab} is up', zh: '实验环境 {lab} 已启动' },
    'lab-status-down': { en: 'Lab {lab} is not up', zh: '实验环境 {lab} 没有启动' },
    'lab-status-running': {
      en: '{node}  {address}  running',
      zh: '{node}  {address}  运行中',
    },
    'lab-status-starting': {
      en: '{node}  {address}  starting',
      zh: '{node}  {address}  启动中',
    },
    'lab-status-off': { en: '{node}  {address}  off', zh: '{node}  {address}  已关机' },
    'lab-status-cloud': {
      en: 'Cloud (STAND-IN): {endpoint}, {havips} HAVIPs, {eips} EIPs',
      zh: '云（STAND-IN）：{endpoint}，HAVIP {havips} 个，EIP {eips} 个',
    },
    'lab-status-no-cloud': {
      en: 'The cloud does not answer: iam-ha-wizard lab up --name {lab} starts it again',
      zh: '云没有应答：iam-ha-wizard lab up --name {lab} 会重新启动它',
    },
    'lab-status-havip': {
      en: 'HAVIP {address} ({id}): held by {holder}',
      zh: 'HAVIP {address}（{id}）：绑定在 {holder}',
    },
    'lab-status-havip-free': {
      en: 'HAVIP {address} ({id}): held by nobody',
      zh: 'HAVIP {address}（{id}）：没有绑定到机器',
    },
    'lab-status-eip': {
      en: 'EIP {address} ({id}): {status}, {haVip}',
      zh: 'EIP {address}（{id}）：{status}，{haVip}',
    },
    'lab-status-eip-free': {
      en: 'EIP {address} ({id}): {status}',
      zh: 'EIP {address}（{id}）：{status}',
    },
    'lab-status-cluster': { en: 'Cluster file: {cluster}', zh: '集群文件：{cluster}' },
    'help-example-lab': {
      en: 'iam-ha-wizard lab up',
      zh: 'iam-ha-wizard lab up',
    },
    'help-example-lab-up': {
      en: 'iam-ha-wizard lab up --name try --nodes 3',
      zh: 'iam-ha-wizard lab up --name try --nodes 3',
    },
    'help-example-lab-down': {
      en: 'iam-ha-wizard lab down',
      zh: 'iam-ha-wizard lab down',
    },
    'help-example-lab-status': {
      en: 'iam-ha-wizard lab status --json',
      zh: 'iam-ha-wizard lab status --json',
    },
    'help-example-lab-run': {
      en: 'iam-ha-wizard lab run -- iam-ha-wizard apply',
      zh: 'iam-ha-wizard lab run -- iam-ha-wizard apply',
    },
    'help-example-lab-exec': {
      en: 'iam-ha-wizard lab exec iam-1 -- ip addr',
      zh: 'iam-ha-wizard lab exec iam-1 -- ip addr',
    },
    'help-example-lab-client': {
      en: 'iam-ha-wizard lab client -- ip route',
      zh: 'iam-ha-wizard lab client -- ip route',
    },
    'help-example-lab-shell': {
      en: 'iam-ha-wizard lab shell iam-2',
      zh: 'iam-ha-wizard lab shell iam-2',
    },
    'help-lab': {
      en: 'real machines, a network and a cloud on this computer, to try everything',
      zh: '在这台电脑上用真实的机器、网络和云试验一切',
    },
    'help-lab-up': {
      en: 'make the machines, the network and a cloud',
      zh: '建立机器、网络和云',
    },
    'help-lab-run': {
      en: 'run a command where the operator sits',
      zh: '在操作者的位置运行命令',
    },
    'help-lab-exec': {
      en: 'run a command on a machine, as root',
      zh: '以 root 身份在一台机器上运行命令',
    },
    'help-lab-client': {
      en: 'run a command outside, on the "internet"',
      zh: '在外部（“互联网”上）运行命令',
    },
    'help-lab-shell': {
      en: 'a shell where the operator sits, or on a machine',
      zh: '在操作者的位置或一台机器上打开 shell',
    },
    'help-lab-status': { en: 'what is running', zh: '查看运行状态' },
    'help-lab-down': {
      en: 'remove everything but the caches',
      zh: '移除缓存以外的一切',
    },
    'help-option-lab-name': { en: "the lab's name", zh: '实验环境的名称' },
    'help-option-lab-nodes': { en: 'how many nodes, 2 to 9', zh: '节点数，2 到 9' },
    'help-option-lab-image': { en: 'bookworm or trixie', zh: 'bookworm 或 trixie' },
    'help-option-lab-subnet': { en: "the nodes' subnet", zh: '节点所在的子网' },
    'help-option-lab-vip': { en: 'the VIP (default: .99)', zh: 'VIP（默认 .99）' },
    'help-option-lab-api-domain': { en: "the API's domain", zh: 'API 的域名' },
    'help-option-lab-authz-domain': {
      en: "the authorization service's domain",
      zh: '授权服务的域名',
    },
    'help-option-lab-user': {
      en: 'log in as this user, who may use sudo, instead of root',
      zh: '不用 root，以这个可用 sudo 的用户登录',
    },
    'help-option-lab-sudo-password': {
      en: 'env:X: the variable with the password that sudo asks for',
      zh: 'env:X：存放 sudo 密码的环境变量',
    },
  },
  problems: {
    'lab-needs-linux': {
      title: {
        en: 'The lab needs Linux; this is {found}',
        zh: '实验环境需要 Linux，而这里是 {found}',
      },
      cause: {
        en: 'Its machines are real Debian systems in Linux namespaces.',
        zh: '实验环境里的机器是运行在 Linux 命名空间里的真实 Debian 系统。',
      },
      next: {
        en: ['Run it in a Debian 12 virtual machine'],
        zh: ['在一台 Debian 12 虚拟机里运行'],
      },
    },
    'lab-needs-root': {
      title: { en: 'The lab needs root', zh: '实验环境需要 root 权限' },
      cause: {
        en: 'Only root may make machines and networks.',
        zh: '只有 root 才能建立机器和网络。',
      },
      next: { en: ['sudo {command}'], zh: ['sudo {command}'] },
    },
    'lab-missing-packages': {
      title: {
        en: 'The lab needs packages that are missing on this computer: {packages}',
        zh: '这台电脑缺少实验环境需要的软件包：{packages}',
      },
      cause: {
        en: 'They make and run its machines. Nothing was installed without a yes.',
        zh: '它们用来建立和运行机器。没有得到同意，所以什么也没安装。',
      },
      next: { en: ['{command}'], zh: ['{command}'] },
    },
    'lab-no-namespaces': {
      title: {
        en: 'This computer does not let us make namespaces',
        zh: '这台电脑不允许建立命名空间',
      },
      cause: {
        en: 'Likely this is a container without the right to.',
        zh: '这里多半是一个没有相应权限的容器。',
      },
      next: {
        en: ['Use a virtual machine, or start the container with --privileged'],
        zh: ['改用虚拟机，或以 --privileged 启动容器'],
      },
    },
    'lab-no-cgroups': {
      title: { en: '{path} cannot be written', zh: '{path} 不可写' },
      cause: {
        en: 'Each machine needs a cgroup of its own; likely this is a container without the right to.',
        zh: '每台机器都需要自己的 cgroup；这里多半是一个没有相应权限的容器。',
      },
      next: {
        en: ['Use a virtual machine, or start the container with --privileged'],
        zh: ['改用虚拟机，或以 --privileged 启动容器'],
      },
    },
    'lab-no-loop-device': {
      title: { en: '/dev/loop-control is missing', zh: '缺少 /dev/loop-control' },
      cause: {
        en: 'Each machine has a disk of its own, on a loop device.',
        zh: '每台机器都有自己的磁盘，位于 loop 设备上。',
      },
      next: { en: ['modprobe loop'], zh: ['modprobe loop'] },
    },
    'lab-no-overlay': {
      title: { en: 'The kernel has no overlay file system', zh: '内核没有 overlay 文件系统' },
      cause: {
        en: 'The machines share one base image through it.',
        zh: '各台机器靠它共用一个基础镜像。',
      },
      next: { en: ['modprobe overlay'], zh: ['modprobe overlay'] },
    },
    'lab-bad-name': {
      title: { en: '"{found}" cannot be a lab\'s name', zh: '“{found}”不能作为实验环境的名称' },
      cause: {
        en: 'A name has 1 to 20 small letters, digits and hyphens.',
        zh: '名称由 1 到 20 个小写字母、数字和连字符组成。',
      },
      next: { en: ['--name demo'], zh: ['--name demo'] },
    },
    'lab-bad-nodes': {
      title: { en: '{found} is not a number of nodes', zh: '{found} 不是有效的节点数' },
      cause: { en: 'A lab has 2 to 9 nodes.', zh: '实验环境有 2 到 9 个节点。' },
      next: { en: ['--nodes 2'], zh: ['--nodes 2'] },
    },
    'lab-bad-image': {
      title: { en: 'There is no image "{found}"', zh: '没有镜像“{found}”' },
      cause: { en: 'There are bookworm and trixie.', zh: '可用的有 bookworm 和 trixie。' },
      next: { en: ['--image bookworm'], zh: ['--image bookworm'] },
    },
    'lab-bad-cloud': {
      title: { en: 'There is no cloud "{found}"', zh: '没有云“{found}”' },
      cause: {
        en: 'The wizard calls the API (tencent), a person does it by hand (console), or there is no cloud (none).',
        zh: '可以由向导调用 API（tencent）、由人手工操作（console），或者没有云（none）。',
      },
      next: { en: ['--cloud tencent'], zh: ['--cloud tencent'] },
    },
    'lab-bad-subnet': {
      title: { en: '"{found}" cannot be the subnet', zh: '“{found}”不能作为子网' },
      cause: {
        en: 'It is written as network address/prefix length (8 to 25), and must not overlap the outside (198.51.100.0/24, 203.0.113.0/24).',
        zh: '写成“网络地址/前缀长度”（8 到 25），且不能与外部网络（198.51.100.0/24、203.0.113.0/24）重叠。',
      },
      next: { en: ['--subnet 10.0.4.0/24'], zh: ['--subnet 10.0.4.0/24'] },
    },
    'lab-bad-vip': {
      title: { en: '"{found}" cannot be the VIP', zh: '“{found}”不能作为 VIP' },
      cause: {
        en: 'It must be a free address of the subnet: not the router, the operator or a node.',
        zh: '它必须是子网里空闲的地址：不能是路由器、操作者或节点的地址。',
      },
      next: { en: ['--vip 10.0.4.99'], zh: ['--vip 10.0.4.99'] },
    },
    'lab-bad-domain': {
      title: { en: '"{found}" is not a domain', zh: '“{found}”不是域名' },
      cause: {
        en: 'A domain has small letters, digits, hyphens and at least one dot.',
        zh: '域名由小写字母、数字和连字符组成，至少有一个点。',
      },
      next: { en: ['--api-domain iam.api.example.com'], zh: ['--api-domain iam.api.example.com'] },
    },
    'lab-bad-user': {
      title: { en: '"{found}" cannot be the user', zh: '“{found}”不能作为用户名' },
      cause: {
        en: 'Name a user other than root, in small letters. Without --user it is root.',
        zh: '请写 root 以外的用户名，用小写字母。不写 --user 就是 root。',
      },
      next: { en: ['--user admin'], zh: ['--user admin'] },
    },
    'lab-literal-password': {
      title: { en: '{found} must name a variable', zh: '{found} 必须写环境变量的名称' },
      cause: {
        en: 'A password on the command line can be read by everybody on this computer.',
        zh: '写在命令行上的密码，这台电脑上的任何人都能看到。',
      },
      next: {
        en: ['--sudo-password env:SUDO_PASSWORD'],
        zh: ['--sudo-password env:SUDO_PASSWORD'],
      },
    },
    'lab-password-without-user': {
      title: { en: '{found} needs --user', zh: '{found} 需要与 --user 一起使用' },
      cause: { en: 'root does not use sudo.', zh: 'root 不用 sudo。' },
      next: {
        en: ['--user admin --sudo-password env:SUDO_PASSWORD'],
        zh: ['--user admin --sudo-password env:SUDO_PASSWORD'],
      },
    },
    'lab-password-not-set': {
      title: {
        en: 'The variable {variable} holds no password',
        zh: '环境变量 {variable} 里没有密码',
      },
      cause: {
        en: 'It is not set, or empty, or has more than one line.',
        zh: '它没有设置，或为空，或不止一行。',
      },
      next: {
        en: ['read -rs {variable}; export {variable}'],
        zh: ['read -rs {variable}; export {variable}'],
      },
    },
    'lab-differs': {
      title: {
        en: 'Lab {lab} is up with another value of "{option}"',
        zh: '实验环境 {lab} 已经启动，但“{option}”的值不同',
      },
      cause: {
        en: 'A lab that is up is not changed.',
        zh: '已启动的实验环境不会被改动。',
      },
      next: {
        en: ['iam-ha-wizard lab down --name {lab}', 'or choose another --name'],
        zh: ['iam-ha-wizard lab down --name {lab}', '或者换一个 --name'],
      },
    },
    'lab-busy': {
      title: {
        en: 'Another command is at work on lab {lab}',
        zh: '另一个命令正在操作实验环境 {lab}',
      },
      cause: { en: 'It is process {pid}.', zh: '它的进程号是 {pid}。' },
      next: { en: ['Wait for it, or end it'], zh: ['等它结束，或者终止它'] },
    },
    'lab-left-behind': {
      title: {
        en: 'Not everything of lab {lab} could be removed: {left}',
        zh: '实验环境 {lab} 没有清除干净：{left}',
      },
      cause: {
        en: 'Likely a process cannot be ended, or something else uses it.',
        zh: '多半是有进程无法终止，或者有别的程序在使用它。',
      },
      next: {
        en: ['iam-ha-wizard lab down --name {lab}'],
        zh: ['iam-ha-wizard lab down --name {lab}'],
      },
    },
    'lab-program-failed': {
      title: { en: '"{program}" failed ({code})', zh: '“{program}”失败（{code}）' },
      cause: {
        en: 'What it said is shown; without a network, the image and packages cannot be fetched.',
        zh: '原因见它的输出；没有网络就无法下载镜像和软件包。',
      },
      next: {
        en: [
          'Try again: what was complete is kept',
          'A nearer mirror: IAM_HA_WIZARD_DEBIAN_MIRROR=http://MIRROR/debian',
        ],
        zh: [
          '再试一次：已完成的部分都在',
          '换更近的镜像站：IAM_HA_WIZARD_DEBIAN_MIRROR=http://MIRROR/debian',
        ],
      },
    },
    'lab-machine-failed': {
      title: { en: '{node} did not start', zh: '{node} 没有启动' },
      cause: {
        en: 'Its console has the reason; the lab was removed again.',
        zh: '原因在它的控制台输出里；实验环境已重新清除。',
      },
      next: {
        en: ['iam-ha-wizard lab up --name {lab}'],
        zh: ['iam-ha-wizard lab up --name {lab}'],
      },
    },
    'lab-cloud-failed': {
      title: {
        en: 'The stand-in for the cloud of lab {lab} did not start',
        zh: '实验环境 {lab} 的云替身没有启动',
      },
      cause: { en: 'What it said is shown.', zh: '原因见它的输出。' },
      next: {
        en: [
          'iam-ha-wizard lab up --name {lab}',
          'Without a cloud: iam-ha-wizard lab up --name {lab} --cloud none',
        ],
        zh: [
          'iam-ha-wizard lab up --name {lab}',
          '不要云：iam-ha-wizard lab up --name {lab} --cloud none',
        ],
      },
    },
    'lab-not-up': {
      title: { en: 'Lab {lab} is not up', zh: '实验环境 {lab} 没有启动' },
      cause: {
        en: 'It was never made, was removed, or this computer was restarted.',
        zh: '它还没有建立，或已被移除，或这台电脑重启过。',
      },
      next: {
        en: ['iam-ha-wizard lab up --name {lab}'],
        zh: ['iam-ha-wizard lab up --name {lab}'],
      },
    },
    'lab-machine-not-running': {
      title: {
        en: 'Lab {lab} has no running machine "{machine}"',
        zh: '实验环境 {lab} 里没有正在运行的机器“{machine}”',
      },
      cause: {
        en: 'It is off or starting, or there is none of that name.',
        zh: '它已关机，或正在启动，或者没有这个名称的机器。',
      },
      next: {
        en: ['iam-ha-wizard lab status --name {lab}'],
        zh: ['iam-ha-wizard lab status --name {lab}'],
      },
    },
    'lab-machine-went-down': {
      title: {
        en: 'The machine "{machine}" of lab {lab} went down while the command ran',
        zh: '命令运行期间，实验环境 {lab} 的机器“{machine}”关机或重启了',
      },
      cause: {
        en: 'Its end ended the command, too: how far it came is not known.',
        zh: '命令随机器一起被终止：执行到了哪一步不得而知。',
      },
      next: {
        en: ['Wait until it is back: iam-ha-wizard lab status --name {lab}'],
        zh: ['等它恢复：iam-ha-wizard lab status --name {lab}'],
      },
    },
    'lab-no-command': {
      title: { en: 'No command was given', zh: '没有写要运行的命令' },
      cause: { en: 'It comes after --', zh: '命令写在 -- 之后' },
      next: {
        en: ['iam-ha-wizard lab run -- ip address'],
        zh: ['iam-ha-wizard lab run -- ip address'],
      },
    },
    'lab-command-not-found': {
      title: { en: 'There is no command "{program}"', zh: '没有命令“{program}”' },
      cause: {
        en: 'It is not on the PATH there, or may not be executed.',
        zh: '它不在那里的 PATH 里，或没有执行权限。',
      },
      next: { en: ['iam-ha-wizard lab shell'], zh: ['iam-ha-wizard lab shell'] },
    },
  },
} as const satisfies CatalogueArea;
