import { MessageKind, TicketStatus } from '../../../core/api/models';
import { t } from '../../../shared/texts/text';
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
  if (status === 'closed' && !staff) return t('conversation.obstacle.closed');
  if (status === 'closed' && kind === 'chat') {
    return t('conversation.obstacle.chatOff');
  }
  const excess = text.length - maxLength;
  if (excess > 0) return t('conversation.obstacle.tooLong', { count: excess });
  if (files.some((file) => file.state === 'failed')) {
    return t('conversation.obstacle.fileFailed');
  }
  return null;
}

export function canSend(state: ComposerState): boolean {
  return sendingObstacle(state) === null && (VISIBLE.test(state.text) || state.files.length > 0);
}
