export type { DrillOffer, DrillPlace } from './drill-scenes.ts';
export { type Mounted, mount } from './mount.tsx';
export * from './scenes.ts';
export { createStore, type Store } from './store.ts';
export * from './watch-words.ts';
