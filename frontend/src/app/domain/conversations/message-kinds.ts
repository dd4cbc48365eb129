import { MessageKind } from '../../core/api/models';
import { IconName } from '../../shared/icon/icon-shapes';
import { t } from '../../shared/texts/text';

export interface KindWords {
  readonly icon: IconName;
  readonly name: string;
  /** Beside the switch of the composer. */
  readonly hint: string;
}

/** Read in the language of the moment. */
const kindWords = (icon: IconName, kind: MessageKind): KindWords => ({
  icon,
  get name() {
    return t(`conversation.kind.${kind}`);
  },
  get hint() {
    return t(`conversation.kindHint.${kind}`);
  },
});

/** How the three kinds are told apart everywhere: by icon and word, never by colour alone. */
export const KIND_WORDS: Record<MessageKind, KindWords> = {
  chat: kindWords('chat', 'chat'),
  comment: kindWords('mail', 'comment'),
  note: kindWords('lock', 'note'),
};
