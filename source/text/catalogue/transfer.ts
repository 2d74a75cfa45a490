import type { CatalogueArea } from '../catalogue.ts';

/** Files on their way to the nodes, and from node to node. */
export const transfer = {
  messages: {
    'upload-sending': { en: 'sending {file}, compressed', zh: '正在压缩传输 {file}' },
    'upload-from-peer': { en: '{file} from {peer}', zh: '从 {peer} 取 {file}' },
    'upload-peer-failed': {
      en: '{file} does not come from {peer} ({why}): it is sent from this computer instead',
      zh: '无法从 {peer} 取得 {file}（{why}），改由本机传输',
    },
    'program-installed': { en: '{file} is installed already', zh: '{file} 已安装' },
    'upload-not-packed': {
      en: '{file} could not be compressed here ({why}): it is sent as it is',
      zh: '本机无法压缩 {file}（{why}），按原样传输',
    },
  },
  problems: {
    'iam-not-installed': {
      title: { en: '{node}: {file} is not there', zh: '{node} 上没有 {file}' },
      cause: {
        en: 'The cluster file says that IAM is installed (iam.source: installed), and every backend must have its daemons. Nothing has been changed.',
        zh: '集群文件声明 IAM 已安装（iam.source: installed），每个后端节点都必须有这些程序。没有做任何变更。',
      },
      next: {
        en: [
          'Put {daemon} there, as on the other nodes: install -m 0755 {daemon} {file}',
          'Or let it be built and sent: iam.source: { go: v1.6.2 }',
        ],
        zh: [
          '按其他节点的样子放好：install -m 0755 {daemon} {file}',
          '或者由向导构建并传输：iam.source: { go: v1.6.2 }',
        ],
      },
    },
    'iam-installed-unusable': {
      title: {
        en: '{node}: {file} is no program for Linux',
        zh: '{node} 上的 {file} 不是 Linux 程序',
      },
      cause: {
        en: 'It was built for another system, or it is not whole. Nothing has been changed.',
        zh: '它是为别的系统构建的，或者文件不完整。没有做任何变更。',
      },
      next: {
        en: ['On {node}: file {file}; sha256sum {file}'],
        zh: ['在 {node} 上执行：file {file}; sha256sum {file}'],
      },
    },
    'iam-installed-mode': {
      title: {
        en: '{node}: {file} has mode {mode}, and the user iam cannot run it',
        zh: '{node} 上 {file} 的权限是 {mode}，用户 iam 无法执行',
      },
      cause: {
        en: 'The daemons run as a user of their own, never as root. The file is not ours, so it is left as it is.',
        zh: '这些程序以专用用户运行，从不使用 root。文件不是向导的，因此保持原样。',
      },
      next: { en: ['On {node}: chmod 0755 {file}'], zh: ['在 {node} 上执行：chmod 0755 {file}'] },
    },
    'iam-installed-version': {
      title: {
        en: '{node}: the installed {daemon} is {found}, and only {known} is known to work',
        zh: '{node} 上安装的 {daemon} 是 {found}，已知可用的只有 {known}',
      },
      cause: {
        en: 'Another release has other settings, another schema or known faults: nobody has tried it with what is written here. Nothing has been changed.',
        zh: '别的版本的配置项、数据库结构不同，或有已知缺陷，没有与这里的配置一起验证过。没有做任何变更。',
      },
      next: {
        en: ['Install {known} on every backend.', 'Or: iam.source: { go: {known} }'],
        zh: ['在每个后端节点上安装 {known}。', '或者：iam.source: { go: {known} }'],
      },
    },
    'iam-installed-differs': {
      title: {
        en: '{node} has another {daemon} than {other}: {found}, not {wanted}',
        zh: '{node} 上的 {daemon} 与 {other} 不同：{found}，而不是 {wanted}',
      },
      cause: {
        en: 'Clients would be answered by one or the other by chance. Nothing has been changed.',
        zh: '客户端得到哪一个的应答全凭运气。没有做任何变更。',
      },
      next: {
        en: [
          'On both: sha256sum {file}',
          'Install the same file on every backend, then run it again.',
        ],
        zh: ['在两个节点上执行：sha256sum {file}', '在每个后端节点上安装同一个文件后重新运行。'],
      },
    },
    'iam-installed-changed': {
      title: {
        en: '{node}: {file} was exchanged while this ran: {found}, not {wanted}',
        zh: '{node} 上的 {file} 在运行期间被替换：{found}，而不是 {wanted}',
      },
      cause: {
        en: 'Somebody installed another one after the nodes were looked at.',
        zh: '查看节点之后有人安装了另一个文件。',
      },
      next: {
        en: ['Run it again: the new one is then loaded, node by node.'],
        zh: ['重新运行：届时会逐个节点加载新的程序。'],
      },
    },
    'schema-not-given': {
      title: {
        en: 'the database {database} on {node} lacks tables of IAM, and no iam.sql was given: {missing}',
        zh: '{node} 上的数据库 {database} 缺少 IAM 的表，又没有给出 iam.sql：{missing}',
      },
      cause: {
        en: 'Installed daemons come without their schema, so it is expected in the database already. Nothing has been changed.',
        zh: '已安装的程序不带数据库结构，因此要求数据库里已经有这些表。没有做任何变更。',
      },
      next: {
        en: [
          'Name the file, and it is imported once: iam.source: { installed: true, schema: ./iam.sql }',
          'It is configs/iam.sql of the source that the daemons were built from.',
        ],
        zh: [
          '写出文件，向导会导入一次：iam.source: { installed: true, schema: ./iam.sql }',
          '它是构建这些程序的源码里的 configs/iam.sql。',
        ],
      },
    },
  },
} as const satisfies CatalogueArea;
