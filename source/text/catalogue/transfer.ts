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
    'upload-not-packed': {
      en: '{file} could not be compressed here ({why}): it is sent as it is',
      zh: '本机无法压缩 {file}（{why}），按原样传输',
    },
  },
  problems: {},
} as const satisfies CatalogueArea;
