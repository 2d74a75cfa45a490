export * from '../../text/speech.ts';
