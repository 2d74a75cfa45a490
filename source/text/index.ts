export { areas, messages, problems } from './areas.ts';
export type { CatalogueArea, ProblemText, Text } from './catalogue.ts';
export * from './format.ts';
export * from './language.ts';
export * from './render.ts';
export * from './sanitize.ts';
export * from './speech.ts';
export * from './style.ts';
export * from './table.ts';
