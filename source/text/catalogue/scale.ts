import type { CatalogueArea } from '../catalogue.ts';

/** Nodes that join a running cluster, and nodes that leave it. */
export const scale = {
  messages: {
    'file-remove': { en: 'remove {file}: no longer wanted', zh: '删除 {file}：不再需要' },
  },
  problems: {},
} satisfies CatalogueArea;
