import { NoticeEvent, NotificationType, UserNotification } from '../../core/api/models';

/** The setting that decides about a kind of notice. */
const EVENT_OF: Readonly<Record<NotificationType, NoticeEvent>> = {
  'ticket.created': 'created',
  'ticket.assigned': 'assigned',
  'message.created': 'message',
  'status.changed': 'status',
  'priority.changed': 'priority',
  mention: 'mention',
};

/** Where a notice of this kind is switched off, as a part of the profile page. */
export const settingOf = (type: NotificationType): string => `notify-${EVENT_OF[type]}`;

/** Why somebody was told. */
export function reasonFor({ type, reason }: UserNotification): string {
  if (type === 'ticket.assigned') return 'Because it was assigned to you';
  if (type === 'ticket.created') return 'Because you asked to hear of new tickets';
  switch (reason) {
    case 'assignee':
      return 'Because you hold this ticket';
    case 'mentioned':
      return 'Because you were mentioned';
    case 'follower':
      return 'Because you follow this ticket';
    case 'listener':
      return 'Because you asked to hear of all tickets';
    case 'requester':
      return 'Because you opened this ticket';
    case null:
      return 'Because this ticket concerns you';
  }
}
