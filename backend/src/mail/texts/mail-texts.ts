/** The languages of `preferences.language`. */
export type MailLanguage = 'en' | 'de';

/** What a mail says besides its greeting and what it quotes; plain text. */
export interface Wording {
  subject: string;
  paragraphs: string[];
  /** What the button says. */
  action?: string;
  closing: string;
}

export type StatusWord = 'open' | 'in_progress' | 'resolved' | 'closed';

export type PriorityWord = 'low' | 'medium' | 'high' | 'urgent';

/** Why somebody gets a mail about a ticket; listeners asked to hear of all tickets, or of new ones. */
export type MailReason = 'requester' | 'assignee' | 'mentioned' | 'follower' | 'listener';

/**
 * All that mails say, in one language. The compiler sees to it that no language lacks a sentence, which is why these are
 * functions and not files of a template language.
 */
export interface MailTexts {
  /** Without a name, for addresses of which nobody knows yet whose they are. */
  greeting(name: string | null): string;

  invitation(inviter: string): Wording;
  passwordReset(): Wording;
  passwordChanged(): Wording;
  confirmAddress(): Wording;
  addressChangeAsked(): Wording;
  addressChanged(): Wording;
  deviceSignedOut(): Wording;
  /** An admin tries whether mails go out. */
  trial(): Wording;

  /** The subject of all mails about a ticket: programs keep them together by it. */
  ticketSubject(ticketNumber: number, subject: string | null): string;
  openTicket: string;
  received(ticketNumber: number): string;
  /** `opener` opened the ticket for the person. */
  openedForYou(ticketNumber: number, opener: string): string;
  wrote(author: string): string;
  /** Said while the person was away; `earlier` further messages are not shown. */
  whileAway(count: number): string;
  notShown(earlier: number): string;
  openedWhileAway: string;
  /** Above what happened while the person was away, when nothing was said. */
  changedWhileAway: string;
  /** Above what was held back: too many mails went out, or the person was not to be disturbed. */
  heldBack: string;
  assignedToYou(actor: string | null): string;
  status(status: StatusWord, isForStaff: boolean): string;
  priority(priority: PriorityWord): string;
  /** Below mails to customers and to staff. */
  closing(isForStaff: boolean): string;
  reason(reason: MailReason): string;
  settings: string;
  stop: string;
}
