import type { CatalogueArea } from '../catalogue.ts';

/** The program as a package on this computer: its folders and its limits. */
export const ownPackage = {
  messages: {},
  problems: {
    'no-cache-folder': {
      title: { en: 'This user has no home folder', zh: '该用户没有主目录' },
      cause: {
        en: 'What was built or downloaded once is kept there, in .cache/iam-ha-wizard.',
        zh: '构建或下载过的文件缓存在主目录的 .cache/iam-ha-wizard 下。',
      },
      next: {
        en: ['Set XDG_CACHE_HOME to a folder of yours, or set HOME.'],
        zh: ['将 XDG_CACHE_HOME 设为自己的目录，或者设置 HOME。'],
      },
    },
    'cache-not-written': {
      title: { en: 'The cache cannot be written ({reason})', zh: '无法写入缓存（{reason}）' },
      cause: {
        en: 'The disk is full, or the folder is not yours. Nothing was changed on the nodes.',
        zh: '磁盘已满，或者没有该目录的权限。节点上没有任何变更。',
      },
      next: {
        en: ['df -h {file}; ls -ld {file}', 'Or name another folder: XDG_CACHE_HOME=FOLDER'],
        zh: ['df -h {file}; ls -ld {file}', '或者指定其他目录：XDG_CACHE_HOME=FOLDER'],
      },
    },
  },
} satisfies CatalogueArea;
