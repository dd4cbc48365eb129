import { Ticket } from '../../../core/api/models';

/** How a ticket stands, in a sentence for the customer. */
export function stateSentence({ status, assignee, lastMessage }: Ticket): string {
  switch (status) {
    case 'open':
      return assignee ? `${assignee.name} will look after it.` : 'We have it and will answer here.';
    case 'in_progress':
      if (lastMessage && lastMessage.author.role !== 'customer') return 'We answered - now it is your turn.';
      return assignee ? `${assignee.name} is on it.` : 'We are on it.';
    case 'resolved':
      return 'Solved. If you write again, it opens again.';
    case 'closed':
      return 'Closed for good. It stays here to read.';
  }
}
