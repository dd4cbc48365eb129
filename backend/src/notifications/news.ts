import type { NoticeEvent } from '../users';
import type { NotificationType } from './notification.entity';

/** What happened, before it is known who is told of it; it can wait in the outbox, and says nothing that can be taken back. */
export type News = {
  readonly event: Exclude<NoticeEvent, 'mention'>;
  readonly type: Exclude<NotificationType, 'mention'>;
  readonly ticketNumber: number;
  /** Names what happened: nobody is told of it twice. */
  readonly cause: string;
  readonly actorId: string;
  readonly messageId: string | null;
  /** The new status or priority. */
  readonly to: string | null;
  /** Customers are not told. */
  readonly isForStaff: boolean;
  /** Staff whose names stand in a note. */
  readonly mentioned: readonly string[];
};

/** Whether nobody has to do anything about the ticket any more. */
export const finishes = ({ event, to }: News): boolean => event === 'status' && (to === 'resolved' || to === 'closed');
