import type { CatalogueArea, ProblemText } from '../catalogue.ts';

type Words = readonly [title: string, cause: string, ...next: string[]];

/** A problem's text: title, cause and next steps, first in English, then in Chinese. */
function said([enTitle, enCause, ...en]: Words, [zhTitle, zhCause, ...zh]: Words): ProblemText {
  return {
    title: { en: enTitle, zh: zhTitle },
    cause: { en: enCause, zh: zhCause },
    next: { en, zh },
  };
}

/** As {@link said}; the title begins with the field. A face shows file and line beside every problem. */
function at(en: Words, zh: Words): ProblemText {
  const [enTitle, enCause, ...enNext] = en;
  const [zhTitle, zhCause, ...zhNext] = zh;
  return said(
    [`{field}: ${enTitle}`, enCause, ...enNext],
    [`{field}：${zhTitle}`, zhCause, ...zhNext],
  );
}

/** What is wrong in a cluster file. */
export const cluster = {
  messages: {},
  problems: {
    'cluster-file-missing': said(
      [
        'there is no cluster file {file}',
        'The path is wrong, or none was written yet.',
        'Name it with --cluster FILE, or write one: iam-ha-wizard init',
      ],
      [
        '没有集群文件 {file}',
        '路径有误，或者还没有写过。',
        '用 --cluster FILE 指定，或新写一个：iam-ha-wizard init',
      ],
    ),
    'yaml-syntax': said(
      [
        'column {column}: this is not YAML ({reason})',
        'A bracket, a quote or a colon is missing, the indentation is uneven, or a value that begins with a special character has no quotes.',
        'Indent with spaces, and put quotes around values with special characters.',
      ],
      [
        '第 {column} 列：不是正确的 YAML（{reason}）',
        '少了括号、引号或冒号，缩进不齐，或者以特殊字符开头的值没有加引号。',
        '用空格缩进，含特殊字符的值加上引号。',
      ],
    ),
    'yaml-alias': at(
      [
        'a value that begins with * is an alias in YAML; there are none in a cluster file',
        'The quotes around the value were forgotten.',
        'Put quotes around it. If it is a password, write env:NAME in its place.',
      ],
      [
        '以 * 开头的值在 YAML 里是别名，集群文件不用别名',
        '忘了给这个值加引号。',
        '加上引号。如果它是密码，请改写成 env:变量名。',
      ],
    ),
    'duplicate-key': at(
      [
        'this key is there twice (first in line {first})',
        'A line was copied, and YAML would keep only one of the two.',
        'Remove one of them.',
      ],
      [
        '这个键出现了两次（第一次在第 {first} 行）',
        '复制了一行，而 YAML 只会保留其中一个。',
        '删掉一个。',
      ],
    ),
    'not-a-cluster-file': said(
      [
        'this is not a cluster file',
        'A cluster file is a list of "key: value" lines and begins with version: 1.',
        'README.md shows an example.',
      ],
      ['这不是集群文件', '集群文件由“键: 值”组成，以 version: 1 开头。', 'README.zh.md 中有例子。'],
    ),
    'unknown-key': at(
      [
        'there is no key {key} here',
        'It is misspelt, or it stands in the wrong place.',
        'Did you mean {suggestion}?',
        'Known here: {known}',
      ],
      [
        '这里没有 {key} 这个键',
        '拼写有误，或者放错了位置。',
        '是不是 {suggestion}？',
        '这里可用的键：{known}',
      ],
    ),
    'missing-field': at(
      [
        'missing or empty',
        'It is needed, and nothing can stand in for it.',
        'Write it into {file}.',
      ],
      ['缺少，或者是空的', '这一项必须填写，没有默认值。', '请写入 {file}。'],
    ),
    'expected-mapping': at(
      [
        'found {found}; "key: value" pairs belong here',
        'The value has the wrong form.',
        'Write { key: value }, or indented lines of "key: value".',
      ],
      [
        '这里是 {found}，应当是“键: 值”',
        '值的形式不对。',
        '写成 { 键: 值 }，或者缩进的“键: 值”各占一行。',
      ],
    ),
    'expected-list': at(
      [
        'found {found}; a list belongs here',
        'The value has the wrong form.',
        'Write one item a line, each begun with "- ".',
      ],
      ['这里是 {found}，应当是列表', '值的形式不对。', '每项一行，以“- ”开头。'],
    ),
    'expected-boolean': at(
      [
        'found {found}; true or false belongs here',
        'YAML takes yes, no, on and off for text.',
        'Write true or false, without quotes.',
      ],
      [
        '这里是 {found}，应当是 true 或 false',
        'YAML 把 yes、no、on、off 当作文字。',
        '写 true 或 false，不加引号。',
      ],
    ),
    'expected-true': at(
      [
        'found {found}; only true can stand here',
        'What is not wanted is left out.',
        'Write true, or choose another source.',
      ],
      ['这里是 {found}，只能是 true', '不需要的一项直接不写。', '写 true，或者换一种来源。'],
    ),
    'unknown-choice': at(
      [
        '{found} is not one of: {choices}',
        'It is misspelt, or another version knows it.',
        'Choose one of: {choices}',
      ],
      [
        '{found} 不在可选范围内：{choices}',
        '拼写有误，或者是别的版本才有。',
        '请选其一：{choices}',
      ],
    ),
    'unsupported-version': at(
      [
        'version {found} of the cluster file is not known',
        'This program reads version 1.',
        'Write version: 1',
      ],
      ['不认识集群文件的版本 {found}', '本程序读的是版本 1。', '写 version: 1'],
    ),
    'invalid-cluster-name': at(
      [
        '{found} cannot be a name',
        'The session’s folder is named after it.',
        'Use letters, digits, dots, - and _, at most 63; a letter or digit first.',
      ],
      [
        '{found} 不能作名字',
        '会话的目录以它命名。',
        '用字母、数字、点、- 和 _，最多 63 个字符，以字母或数字开头。',
      ],
    ),
    'invalid-address': at(
      [
        '{found} is not an IPv4 address',
        'Four numbers from 0 to 255 with dots between them are needed, without leading zeros.',
        'Write it as in 10.0.4.20',
      ],
      [
        '{found} 不是 IPv4 地址',
        '应当是四个 0 到 255 的数字，用点隔开，前面不补零。',
        '例如 10.0.4.20',
      ],
    ),
    'unusable-address': at(
      [
        'no server can have the address {found}',
        'It belongs to loopback, link-local, multicast or a reserved range.',
        'Write the private address that ip addr shows on the server.',
      ],
      [
        '{found} 不能作服务器的地址',
        '它属于回环、链路本地、组播或保留地址。',
        '写服务器上 ip addr 显示的内网IP。',
      ],
    ),
    'invalid-node-name': at(
      [
        '{found} cannot be a node’s name',
        'It becomes part of file names and log lines.',
        'Use small letters, digits and -, at most 63; no - at either end. For example iam-1',
      ],
      [
        '{found} 不能作节点名',
        '它会出现在文件名和日志里。',
        '用小写字母、数字和 -，最多 63 个字符，首尾不能是 -。例如 iam-1',
      ],
    ),
    'reserved-node-name': at(
      [
        '{found} cannot be a node’s name',
        'The word has another meaning in commands and in vantages.',
        'Choose another name, for example iam-1',
      ],
      ['{found} 不能作节点名', '这个词在命令或 vantages 里另有含义。', '换一个名字，例如 iam-1'],
    ),
    'invalid-interface': at(
      [
        '{found} cannot be a NIC’s name',
        'Linux allows at most 15 letters, digits, dots, -, _ and @.',
        'Look at ip addr on the server, or leave the line out: the NIC is then found.',
      ],
      [
        '{found} 不是网卡名',
        'Linux 允许最多 15 个字母、数字、点、-、_ 和 @。',
        '在服务器上看 ip addr，或者不写这一行，由程序自己找。',
      ],
    ),
    'invalid-domain': at(
      [
        '{found} is not a domain',
        'Small letters, digits and - between dots are needed; no blanks, no other characters.',
        'Write it as in iam.api.marmotedu.com',
      ],
      [
        '{found} 不是域名',
        '应当是用点隔开的小写字母、数字和 -，没有空格和其他字符。',
        '例如 iam.api.marmotedu.com',
      ],
    ),
    'invalid-host': at(
      [
        '{found} is not a host',
        'An address or a name is needed, without user, port or path.',
        'Write only the address or name; user and port have keys of their own.',
      ],
      [
        '{found} 不是主机',
        '应当是地址或名字，不含用户、端口和路径。',
        '只写地址或名字，用户和端口各有自己的键。',
      ],
    ),
    'invalid-port': at(
      [
        '{found} is not a port',
        'A port is a whole number from 1 to 65535.',
        'Write the number without quotes.',
      ],
      ['{found} 不是端口', '端口是 1 到 65535 的整数。', '写数字，不加引号。'],
    ),
    'invalid-user': at(
      [
        '{found} is not a user name',
        'Letters, digits, dots, - and _ are allowed, at most 32.',
        'Write the login name only.',
      ],
      ['{found} 不是用户名', '可用字母、数字、点、- 和 _，最多 32 个字符。', '只写登录名。'],
    ),
    'invalid-path': at(
      [
        '{found} is not a path',
        'It is empty, or has control characters.',
        'Write a path; one that does not begin with / counts from the folder of {file}.',
      ],
      [
        '{found} 不是路径',
        '它是空的，或者含有控制字符。',
        '写一个路径；不以 / 开头的，从 {file} 所在目录算起。',
      ],
    ),
    'invalid-vantage': at(
      [
        '{found} is not a place to measure from',
        'There are three: here, via:NODE and ssh:HOST.',
        'Write here, via:iam-2 or ssh:203.0.113.7',
      ],
      [
        '{found} 不是可用的测量位置',
        '有三种：here、via:节点、ssh:主机。',
        '写 here、via:iam-2 或 ssh:203.0.113.7',
      ],
    ),
    'invalid-vrid': at(
      [
        '{found} is not a VRID',
        'A VRID is a whole number from 1 to 255.',
        'Write one that no other pair in this subnet has, for example 51',
      ],
      ['{found} 不是 VRID', 'VRID 是 1 到 255 的整数。', '写一个同一子网里没有别人用的，例如 51'],
    ),
    'invalid-body-size': at(
      [
        '{found} is not a size',
        'A whole number and k, m or g are needed, as nginx writes it.',
        'Write it as in 5m',
      ],
      ['{found} 不是大小', '应当是整数加 k、m 或 g，与 nginx 的写法相同。', '例如 5m'],
    ),
    'invalid-go-version': at(
      [
        '{found} is not a version of IAM',
        'A full version is needed, so that the same is built again next time.',
        'Write it as in v1.6.2',
      ],
      ['{found} 不是 IAM 的版本', '要写完整的版本号，下次才能构建出同样的东西。', '例如 v1.6.2'],
    ),
    'invalid-sha256': at(
      [
        '{found} is not a SHA-256',
        '64 hexadecimal digits are needed.',
        'Print it with sha256sum FILE',
      ],
      ['{found} 不是 SHA-256', '应当是 64 位十六进制数。', '用 sha256sum 文件 打印出来'],
    ),
    'iam-source-choice': at(
      [
        'exactly one source of IAM is needed',
        'None is given, or several, or sha256 without its archive.',
        'Write one of { directory: ./dist }, { go: v1.6.2 }, { archive: ./iam.tar.gz, sha256: … }, { installed: true }',
      ],
      [
        'IAM 的来源应当恰好有一个',
        '一个也没写，或写了多个，或只写了 sha256 而没有 archive。',
        '请选其一：{ directory: ./dist }、{ go: v1.6.2 }、{ archive: ./iam.tar.gz, sha256: … }、{ installed: true }',
      ],
    ),
    'invalid-database-name': at(
      [
        '{found} is not a database’s name',
        'Letters, digits, - and _ are allowed, at most 63.',
        'Write it as in iam_analytics',
      ],
      ['{found} 不是数据库名', '可用字母、数字、- 和 _，最多 63 个字符。', '例如 iam_analytics'],
    ),
    'invalid-region': at(
      [
        '{found} is not a region',
        'A region’s identifier is needed, not its name.',
        'Write it as in ap-guangzhou, or leave the line out: it is then read from the instances.',
      ],
      [
        '{found} 不是地域',
        '要写地域的标识，不是名称。',
        '例如 ap-guangzhou，或者不写这一行，由程序从实例读取。',
      ],
    ),
    'invalid-bandwidth': at(
      [
        '{found} is not a bandwidth',
        'A whole number of Mbit/s from 1 to 100 is needed.',
        'Write it as in 5',
      ],
      ['{found} 不是带宽', '应当是 1 到 100 的整数，单位 Mbit/s。', '例如 5'],
    ),
    'invalid-mailbox': at(
      [
        'this is not a mail address',
        'One address, or a list of them, is needed.',
        'Write it as in ops@example.com',
      ],
      ['这不是邮件地址', '应当是一个地址，或者地址的列表。', '例如 ops@example.com'],
    ),
    'secret-literal': at(
      [
        'a secret does not belong in this file',
        'The file is kept, copied and shown; its value is not repeated here.',
        'Write env:NAME, and put the secret into the environment variable NAME.',
        'If the file was shared, change that secret.',
      ],
      [
        '秘密不能写在这个文件里',
        '这个文件会被保存、复制和显示；这里不再重复它的值。',
        '写 env:变量名，把秘密放进这个环境变量。',
        '如果文件已经给过别人，请更换这个秘密。',
      ],
    ),
    'invalid-secret-reference': at(
      [
        'env: is not followed by a variable’s name',
        'Letters, digits and _ are allowed; no digit first.',
        'Write it as in env:IAM_DB_PASSWORD',
      ],
      [
        'env: 后面不是环境变量名',
        '可用字母、数字和 _，不能以数字开头。',
        '例如 env:IAM_DB_PASSWORD',
      ],
    ),
    'secret-not-set': at(
      [
        'the environment variable {variable} is not set',
        'The file says that the secret is there.',
        'Set it without writing it into the shell’s history: read -rs {variable} && export {variable}',
      ],
      [
        '环境变量 {variable} 没有设置',
        '文件里说秘密在那里。',
        '设置它而不留在命令历史里：read -rs {variable} && export {variable}',
      ],
    ),
    'missing-file': at(
      [
        'there is no {found}',
        'The path is wrong, or counts from another folder: it is relative to the folder of {file}.',
        'Correct the path, or put the file there.',
      ],
      [
        '没有 {found}',
        '路径有误，或者起点不对：它从 {file} 所在目录算起。',
        '改正路径，或者把文件放到那里。',
      ],
    ),
    'unreadable-file': at(
      [
        '{found} cannot be read',
        'It belongs to somebody else, or is not what it should be.',
        'Look at it: ls -ld {found}',
      ],
      ['无法读取 {found}', '它属于别的用户，或者不是应有的类型。', '看一下：ls -ld {found}'],
    ),
    'too-few-nodes': at(
      [
        '{found} of at least two nodes',
        'High availability needs a second server that takes over.',
        'Add a node to nodes.',
      ],
      [
        '只有 {found} 个节点，至少要两个',
        '高可用需要第二台服务器来接替。',
        '在 nodes 里加一个节点。',
      ],
    ),
    'too-many-nodes': at(
      ['{found} nodes; at most {most}', 'Nobody has tried more.', 'Take nodes out.'],
      ['有 {found} 个节点，最多 {most} 个', '没有人试过更多。', '减少节点。'],
    ),
    'too-few-frontends': at(
      [
        '{found} of at least two nodes with nginx and keepalived',
        'The VIP needs a second node to move to; roles: [backend] takes a node out of that.',
        'Remove roles from a node, or add a node.',
      ],
      [
        '有 nginx 和 keepalived 的节点只有 {found} 个，至少要两个',
        'VIP 要有第二个节点可以漂移过去；roles: [backend] 的节点不参与。',
        '去掉一个节点的 roles，或者加一个节点。',
      ],
    ),
    'role-not-supported': at(
      [
        'every node runs IAM’s services',
        'There are two kinds of node: with nginx and keepalived, or with the services only.',
        'Write roles: [backend] for services only, or leave roles out.',
      ],
      [
        '每个节点都运行 IAM 的服务',
        '节点有两种：带 nginx 和 keepalived 的，和只有服务的。',
        '只要服务就写 roles: [backend]，否则不写 roles。',
      ],
    ),
    'same-name-twice': at(
      [
        'two nodes are called {found} (the other is in line {first})',
        'A line was copied.',
        'Give one of them another name.',
      ],
      ['有两个节点叫 {found}（另一个在第 {first} 行）', '复制了一行。', '给其中一个换名字。'],
    ),
    'same-address-twice': at(
      [
        '{found} is the address of {other} already',
        'A line was copied.',
        'Write this node’s own address.',
      ],
      ['{found} 已经是 {other} 的地址', '复制了一行。', '写这个节点自己的地址。'],
    ),
    'same-ssh-host-twice': at(
      [
        '{found} leads to {other} already',
        'A line was copied: both nodes would be the same server.',
        'Write this node’s own host, or its own port.',
      ],
      [
        '{found} 已经通向 {other}',
        '复制了一行：两个节点会是同一台服务器。',
        '写这个节点自己的 host，或自己的 port。',
      ],
    ),
    'several-data-nodes': at(
      [
        'several nodes have the data: {found}',
        'Exactly one node holds the databases.',
        'Leave data: true with one of them.',
      ],
      ['有多个数据节点：{found}', '数据库只放在一个节点上。', '只留一个 data: true。'],
    ),
    'no-data-node': at(
      [
        'no node has the data',
        'Databases are to be installed, and it is not said where.',
        'Write data: true for one node, or name existing servers in databases.',
      ],
      [
        '没有数据节点',
        '要安装数据库，却没有说装在哪里。',
        '给一个节点写 data: true，或者在 databases 里写已有的服务器。',
      ],
    ),
    'same-domain-twice': at(
      [
        'both domains are {found}',
        'nginx tells the two services apart by their domain.',
        'Give each its own.',
      ],
      ['两个域名都是 {found}', 'nginx 靠域名区分两个服务。', '各用各的域名。'],
    ),
    'vip-is-a-node': at(
      [
        '{found} is the address of {other}',
        'The VIP moves between the nodes, so it can be none of theirs.',
        'Choose a free address in the nodes’ subnet.',
      ],
      [
        '{found} 是 {other} 的地址',
        'VIP 在节点之间漂移，不能是节点自己的地址。',
        '在节点的子网里选一个空闲的地址。',
      ],
    ),
    'unknown-node': at(
      ['there is no node {found}', 'It is misspelt, or was renamed.', 'The nodes are: {nodes}'],
      ['没有节点 {found}', '拼写有误，或者改过名字。', '节点有：{nodes}'],
    ),
    'no-such-node': said(
      [
        'there is no node {found}',
        'It is misspelt, or belongs to another cluster file.',
        'The nodes are: {nodes}',
      ],
      ['没有节点 {found}', '拼写有误，或者属于另一个集群文件。', '节点有：{nodes}'],
    ),
    'home-without-keepalived': at(
      [
        '{found} has no keepalived',
        'roles: [backend] means services only, so the VIP never goes there.',
        'Name a node with nginx and keepalived.',
      ],
      [
        '{found} 没有 keepalived',
        'roles: [backend] 只有服务，VIP 不会到那里。',
        '写一个有 nginx 和 keepalived 的节点。',
      ],
    ),
  },
} as const satisfies CatalogueArea;
