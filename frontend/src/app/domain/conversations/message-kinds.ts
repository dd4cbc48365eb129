import { MessageKind } from '../../core/api/models';
import { IconName } from '../../shared/icon/icon-shapes';

export interface KindWords {
  readonly icon: IconName;
  readonly name: string;
  /** Beside the switch of the composer. */
  readonly hint: string;
}

/** How the three kinds are told apart everywhere: by icon and word, never by colour alone. */
export const KIND_WORDS: Record<MessageKind, KindWords> = {
  chat: { icon: 'chat', name: 'Chat', hint: 'live' },
  comment: { icon: 'mail', name: 'Comment', hint: 'kept on record' },
  note: { icon: 'lock', name: 'Note', hint: 'only staff see this' },
};
