import type { CatalogueArea } from '../catalogue.ts';

/** Where IAM comes from: builds, archives, folders. */
export const iamSource = {
  messages: {
    'iam-module-downloading': {
      en: 'downloading the source of IAM {version}',
      zh: '下载 IAM {version} 的源码',
    },
    'iam-compiling': {
      en: 'building IAM {version} for {architecture}',
      zh: '为 {architecture} 构建 IAM {version}',
    },
    'iam-archive-downloading': { en: 'downloading {path}', zh: '下载 {path}' },
    'iam-archive-unpacking': { en: 'unpacking {path}', zh: '解压 {path}' },
    'pump-upload-mended': {
      en: 'new file {file}: IAM {version}’s pump, built with one line mended so that audit records are not empty',
      zh: '新文件 {file}：IAM {version} 的 pump，构建时修正了一行，否则审计记录是空的',
    },
  },
  problems: {
    'iam-binary-unusable': {
      title: {
        en: '{found} in {folder} is no program for Linux',
        zh: '{folder} 里的 {found} 不是 Linux 程序',
      },
      cause: {
        en: 'It was built for another system, or it is not whole.',
        zh: '它是为别的系统构建的，或者文件不完整。',
      },
      next: {
        en: [
          'Build it with GOOS=linux, or write iam.source: { go: v1.6.2 }.',
          'file {folder}/{found}',
        ],
        zh: ['用 GOOS=linux 构建，或者写 iam.source: { go: v1.6.2 }。', 'file {folder}/{found}'],
      },
    },
    'iam-binary-architecture': {
      title: {
        en: '{node} is {has}, and {daemon} was built for {built}',
        zh: '{node} 是 {has}，而 {daemon} 是为 {built} 构建的',
      },
      cause: {
        en: 'It would not start there. Nothing has been changed.',
        zh: '它在那里无法启动。没有做任何变更。',
      },
      next: {
        en: [
          'Use IAM built for {has}: iam.source: { go: v1.6.2 } builds for the first node.',
          'All nodes must have one architecture.',
        ],
        zh: [
          '使用为 {has} 构建的 IAM：iam.source: { go: v1.6.2 } 按第一个节点构建。',
          '所有节点必须是同一种架构。',
        ],
      },
    },
    'iam-build-unreachable': {
      title: {
        en: 'the source of IAM {version} cannot be downloaded',
        zh: '下载不到 IAM {version} 的源码',
      },
      cause: {
        en: 'The Go module proxy does not answer from here, or does not have it.',
        zh: '从这里连不上 Go 模块代理，或者代理上没有这个版本。',
      },
      next: {
        en: [
          'go env GOPROXY; in mainland China: go env -w GOPROXY=https://goproxy.cn,direct',
          'Or build it elsewhere, and name the folder: iam.source: { directory: ./dist }',
        ],
        zh: [
          'go env GOPROXY；在国内：go env -w GOPROXY=https://goproxy.cn,direct',
          '或者在别处构建，再指定目录：iam.source: { directory: ./dist }',
        ],
      },
    },
    'iam-build-checksum': {
      title: {
        en: 'what was downloaded as IAM {version} is not IAM {version}',
        zh: '下载到的 IAM {version} 与已知的校验和不符',
      },
      cause: {
        en: 'Its checksum is not the known one: the module proxy or the module cache holds something else. Nothing was built.',
        zh: '校验和不同：模块代理或本机的模块缓存里是别的内容。没有构建任何东西。',
      },
      next: {
        en: [
          'go env GOPROXY GOMODCACHE',
          'go clean -modcache, then again; or use another GOPROXY.',
        ],
        zh: ['go env GOPROXY GOMODCACHE', '执行 go clean -modcache 后重试，或者换一个 GOPROXY。'],
      },
    },
    'iam-build-no-space': {
      title: {
        en: 'no space left to build IAM {version}',
        zh: '磁盘空间不足，无法构建 IAM {version}',
      },
      cause: {
        en: 'A build needs about 700 MB in the Go caches and 80 MB in ours.',
        zh: '构建约需要 Go 缓存 700 MB，以及我们的缓存 80 MB。',
      },
      next: {
        en: [
          'df -h ~; go env GOCACHE GOMODCACHE',
          'go clean -cache frees what can be built again.',
        ],
        zh: ['df -h ~; go env GOCACHE GOMODCACHE', 'go clean -cache 可以释放能重新生成的部分。'],
      },
    },
    'iam-build-failed': {
      title: { en: 'IAM {version} could not be built', zh: 'IAM {version} 构建失败' },
      cause: {
        en: 'The Go toolchain gave up; what it said is below.',
        zh: 'Go 工具链报错，输出见下。',
      },
      next: {
        en: [
          'go version; go env',
          'Or name a folder with the daemons: iam.source: { directory: ./dist }',
        ],
        zh: ['go version; go env', '或者指定放有这些程序的目录：iam.source: { directory: ./dist }'],
      },
    },
    'go-missing': {
      title: { en: 'Go is not installed on this computer', zh: '这台电脑上没有安装 Go' },
      cause: {
        en: 'IAM is built from its source here, and that needs Go {oldest} or newer.',
        zh: 'IAM 要在本机用源码构建，需要 Go {oldest} 或更新的版本。',
      },
      next: {
        en: [
          'Install Go from https://go.dev/dl/ (or https://golang.google.cn/dl/), then: go version',
          'Or name a folder or an archive with the daemons: iam.source: { directory: ./dist }',
        ],
        zh: [
          '从 https://golang.google.cn/dl/ 安装 Go，再执行：go version',
          '或者指定放有这些程序的目录或压缩包：iam.source: { directory: ./dist }',
        ],
      },
    },
    'go-too-old': {
      title: { en: 'Go {found} is too old', zh: 'Go {found} 版本太旧' },
      cause: {
        en: 'IAM is built from its source here, and that needs Go {oldest} or newer.',
        zh: 'IAM 要在本机用源码构建，需要 Go {oldest} 或更新的版本。',
      },
      next: {
        en: [
          'Install a newer one from https://go.dev/dl/ (or https://golang.google.cn/dl/)',
          'Or name a folder or an archive with the daemons: iam.source: { directory: ./dist }',
        ],
        zh: [
          '从 https://golang.google.cn/dl/ 安装更新的版本',
          '或者指定放有这些程序的目录或压缩包：iam.source: { directory: ./dist }',
        ],
      },
    },
    'iam-archive-sha256': {
      title: { en: '{path} is not the declared archive', zh: '{path} 不是声明的那个压缩包' },
      cause: {
        en: 'Its sha256 is another one: it was exchanged, is not whole, or the cluster file names another version’s.',
        zh: '它的 sha256 不同：文件被换过、不完整，或者集群文件写的是别的版本的校验和。',
      },
      next: {
        en: ['sha256sum of the file, beside iam.source.sha256', 'Nothing has been changed.'],
        zh: ['用 sha256sum 计算文件的值，与 iam.source.sha256 对比', '没有做任何变更。'],
      },
    },
    'iam-archive-unreadable': {
      title: { en: '{path} cannot be unpacked', zh: '{path} 无法解压' },
      cause: {
        en: 'It is no tar archive, or tar cannot read its compression here.',
        zh: '它不是 tar 包，或者本机的 tar 不支持它的压缩格式。',
      },
      next: {
        en: [
          'tar -tf {path}',
          'It must hold iam-apiserver, iam-authz-server, iam-pump and iam.sql.',
        ],
        zh: ['tar -tf {path}', '里面必须有 iam-apiserver、iam-authz-server、iam-pump 和 iam.sql。'],
      },
    },
    'iam-archive-unreachable': {
      title: { en: '{path} cannot be downloaded', zh: '{path} 下载失败' },
      cause: {
        en: 'The address is wrong, or the server does not answer from here.',
        zh: '地址有误，或者从这里连不上服务器。',
      },
      next: {
        en: ['curl -I {path}', 'Download it yourself, and name the file as iam.source.archive.'],
        zh: ['curl -I {path}', '自行下载后，在 iam.source.archive 写文件路径。'],
      },
    },
  },
} as const satisfies CatalogueArea;
