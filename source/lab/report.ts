import type { Message } from '../model/index.ts';

/** Says how far the lab is: a message, and the machine it is about. */
export type Report = (message: Message, node?: string) => void;
