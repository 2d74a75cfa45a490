export * from '../../text/style.ts';
