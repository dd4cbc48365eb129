import { isStaff, type Role } from '../access';
import type { MailSetting } from '../mail';
import { mayRead, type Ticket } from '../tickets';
import { isQuiet, type NoticeEvent, type Preferences } from '../users';
import type { News } from './news';
import type { NoticeReason } from './notification.entity';

/** Somebody who may have to be told, and what they have to do with the ticket. */
export interface Hearer {
  readonly id: string;
  readonly role: Role;
  readonly active: boolean;
  readonly preferences: Preferences;
  readonly follows: boolean;
}

export type TicketTold = Pick<Ticket, 'number' | 'subject' | 'requesterId' | 'assigneeId'> & {
  readonly deletedAt: Date | null;
};

/** Why and how somebody is told. */
export interface Wish {
  readonly event: NoticeEvent;
  readonly reason: NoticeReason;
  readonly desktop: boolean;
  readonly sound: boolean;
}

/** Why somebody is mailed, and the switch that decides it. */
export interface MailWish {
  readonly setting: MailSetting;
  readonly reason: NoticeReason;
}

type Claim = Pick<Wish, 'event' | 'reason'>;

/** The switch of the channel mail of each event. */
export const MAIL_SETTING_OF: Record<NoticeEvent, MailSetting> = {
  created: 'created',
  assigned: 'assignments',
  message: 'messages',
  mention: 'mentions',
  status: 'status',
  priority: 'priority',
};

/**
 * What somebody wants of some news, if they may know of it and want anything: never of what they did themselves, a
 * customer never of a note. Of several reasons the strongest that is switched on counts. Quiet hours silence, no more.
 */
export function wishOf(hearer: Hearer, news: News, ticket: TicketTold, now: Date): Wish | undefined {
  const { notifications, sound, timeZone } = hearer.preferences;
  const claim = claimsOf(hearer, news, ticket).find(({ event }) => notifications.events[event].page);
  if (!claim) return undefined;
  const channels = notifications.events[claim.event];
  const isAwake = !isQuiet(notifications.quietHours, timeZone, now);
  return { ...claim, desktop: channels.desktop && isAwake, sound: channels.sound && sound && isAwake };
}

/** The same for the channel mail. Of notes none are mailed but those in which somebody is mentioned, and only to them. */
export function mailWishOf(hearer: Hearer, news: News, ticket: TicketTold): MailWish | undefined {
  const claims = claimsOf(hearer, news, ticket).filter(({ event }) => !news.isForStaff || event === 'mention');
  return claims
    .map(({ event, reason }) => ({ setting: MAIL_SETTING_OF[event], reason }))
    .find(({ setting }) => hearer.preferences.email[setting]);
}

function claimsOf(hearer: Hearer, news: News, ticket: TicketTold): Claim[] {
  if (!hearer.active || hearer.id === news.actorId || !mayRead(hearer, ticket)) return [];
  return isStaff(hearer) ? claimsOfStaff(hearer, news, ticket) : claimsOfCustomer(news);
}

/** Strongest first. */
function claimsOfStaff(hearer: Hearer, { event, mentioned }: News, ticket: TicketTold): Claim[] {
  if (event === 'assigned') return [{ event, reason: 'assignee' }];
  if (event === 'created') return [{ event, reason: 'listener' }];
  const { scope } = hearer.preferences.notifications;
  const claims: (Claim | false)[] = [
    mentioned.includes(hearer.id) && { event: 'mention', reason: 'mentioned' },
    hearer.id === ticket.assigneeId && { event, reason: 'assignee' },
    hearer.id === ticket.requesterId && { event, reason: 'requester' },
    hearer.follows && scope !== 'mine' && { event, reason: 'follower' },
    scope === 'all' && { event, reason: 'listener' },
  ];
  return claims.filter((claim) => claim !== false);
}

/** They may read their own tickets alone. */
const claimsOfCustomer = ({ event, isForStaff }: News): Claim[] =>
  isForStaff || event === 'created' || event === 'assigned' ? [] : [{ event, reason: 'requester' }];
