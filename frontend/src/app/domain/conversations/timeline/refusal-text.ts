import { t, textIfKnown } from '../../../shared/texts/text';
import { TransportError } from '../engine/transport';

/** Why something about a message was refused, as the rest of a sentence. */
export function refusalText(error: TransportError | null): string {
  return textIfKnown(`conversation.refusal.${error?.code ?? ''}`) ?? t('conversation.refusal.other');
}
