import { MessageKind, TicketStatus } from '../../../core/api/models';
import { ComposerFile } from './composer-files';

export interface ComposerState {
  readonly text: string;
  readonly files: readonly ComposerFile[];
  readonly kind: MessageKind;
  readonly staff: boolean;
  readonly status: TicketStatus;
  readonly maxLength: number;
}

/** Letters, signs or pictures: anything a reader would see. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** Why what is written can't be sent just now, in a sentence; null when nothing stands in the way. */
export function sendingObstacle({ text, files, kind, staff, status, maxLength }: ComposerState): string | null {
  if (status === 'closed' && !staff) return 'This ticket is closed.';
  if (status === 'closed' && kind === 'chat') {
    return 'This ticket is closed, so chat is off until it is reopened. A comment or a note is still possible.';
  }
  const excess = text.length - maxLength;
  if (excess > 0) return `The message is ${excess} ${excess === 1 ? 'character' : 'characters'} too long.`;
  if (files.some((file) => file.state === 'failed')) {
    return 'One file did not arrive. Retry or remove it: a message never goes out without its files.';
  }
  return null;
}

export function canSend(state: ComposerState): boolean {
  return sendingObstacle(state) === null && (VISIBLE.test(state.text) || state.files.length > 0);
}
