export * from './platform.ts';
export * from './platform-of.ts';
