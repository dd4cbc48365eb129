import { channel } from 'node:diagnostics_channel';

/** Told, for whoever measures, with the moment a message arrived (see FreezeWatch) once everybody here was told of it. */
export const messagePushed = channel('parley.message.pushed');

export interface MessagePushed {
  readonly arrivedAt: number;
}
