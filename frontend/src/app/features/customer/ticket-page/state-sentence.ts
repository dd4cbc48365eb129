import { Ticket } from '../../../core/api/models';
import { t } from '../../../shared/texts/text';

/** How a ticket stands, in a sentence for the customer. */
export function stateSentence({ status, assignee, lastMessage }: Ticket): string {
  switch (status) {
    case 'open':
      return assignee ? t('customer.state.assigned', { name: assignee.name }) : t('customer.state.waiting');
    case 'in_progress':
      if (lastMessage && lastMessage.author.role !== 'customer') return t('customer.state.turn');
      return assignee ? t('customer.state.worked', { name: assignee.name }) : t('customer.state.onIt');
    case 'resolved':
      return t('customer.state.solved');
    case 'closed':
      return t('customer.state.closed');
  }
}
