import { Injectable } from '@nestjs/common';
import { isStaff } from '../../access';
import { excerpt } from '../../common';
import { Settings } from '../../config';
import {
  mailTexts,
  renderMail,
  UnsubscribeLinks,
  type MailContent,
  type MailReason,
  type MailSetting,
  type MailTexts,
} from '../../mail';
import type { Ticket } from '../../tickets';
import { completePreferences, type NoticeEvent, type User } from '../../users';

/** As many as a mail shows, and as much of each: the rest is read on the page. */
export const MOST_QUOTES = 10;
const LONGEST_QUOTE = 2_000;
/** What the column of subjects holds. */
const LONGEST_SUBJECT = 240;

/** The row of the profile page in which a setting stands. */
const EVENT_OF: Record<MailSetting, NoticeEvent> = {
  messages: 'message',
  status: 'status',
  assignments: 'assigned',
  mentions: 'mention',
  priority: 'priority',
  created: 'created',
};

export interface Quote {
  author: string;
  body: string;
}

/** What a mail about a ticket says, in the words of the reader's language. */
export interface Telling {
  setting: MailSetting;
  /** Why the reader is told; by default because the ticket is theirs. */
  reason?: MailReason;
  lines: (texts: MailTexts, isForStaff: boolean) => string[];
  quotes?: readonly Quote[];
}

/** Makes mails about tickets. Every one of them says why it was sent, and leads to where that can be changed. */
@Injectable()
export class TicketLetters {
  constructor(
    private readonly settings: Settings,
    private readonly links: UnsubscribeLinks,
  ) {}

  /** Until an address is known to be the reader's, nothing is repeated that was typed with it: no name, no subject. */
  write(reader: User, ticket: Ticket, telling: Telling): MailContent {
    const { setting, lines, quotes = [] } = telling;
    const { language } = completePreferences(reader.preferences);
    const texts = mailTexts(language);
    const isConfirmed = reader.confirmedAt !== null;
    const { publicUrl } = this.settings;
    return renderMail({
      language,
      subject: excerpt(texts.ticketSubject(ticket.number, isConfirmed ? ticket.subject : null), LONGEST_SUBJECT),
      greeting: texts.greeting(isConfirmed ? reader.name : null),
      paragraphs: lines(texts, isStaff(reader)),
      quotes: quotes.map(({ author, body }) => ({ heading: texts.wrote(author), body: shortened(body) })),
      action: { label: texts.openTicket, url: `${publicUrl}/tickets/${ticket.number}` },
      closing: texts.closing(isStaff(reader)),
      footer: {
        reason: texts.reason(telling.reason ?? (ticket.requesterId === reader.id ? 'requester' : 'assignee')),
        links: [
          { label: texts.settings, url: `${publicUrl}/profile#notify-${EVENT_OF[setting]}` },
          { label: texts.stop, url: this.links.pageFor({ userId: reader.id, setting }) },
        ],
      },
    });
  }
}

/** As typed, line breaks included, never ending in half a character. */
const shortened = (body: string): string =>
  body.length <= LONGEST_QUOTE ? body : `${body.slice(0, LONGEST_QUOTE).replace(/[\uD800-\uDBFF]$/u, '')}…`;
