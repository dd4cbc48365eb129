import type { MailReason, MailTexts, PriorityWord, StatusWord } from './mail-texts';

const STAFF_STATUS: Record<StatusWord, string> = {
  open: 'Open',
  in_progress: 'In progress',
  resolved: 'Resolved',
  closed: 'Closed',
};
/** Customers do not read the words of staff. */
const PLAIN_STATUS: Record<StatusWord, string> = {
  open: 'Received',
  in_progress: 'We are on it',
  resolved: 'Solved',
  closed: 'Closed',
};

const PRIORITIES: Record<PriorityWord, string> = { low: 'Low', medium: 'Medium', high: 'High', urgent: 'Urgent' };
const REASONS: Record<MailReason, string> = {
  requester: 'You get this mail because it is about your own ticket.',
  assignee: 'You get this mail because the ticket is assigned to you.',
  mentioned: 'You get this mail because you were mentioned in a note.',
  follower: 'You get this mail because you follow this ticket.',
  listener: 'You get this mail because you asked to hear of more than your own tickets.',
};

export const english: MailTexts = {
  greeting: (name) => (name === null ? 'Hello,' : `Hello ${name},`),

  invitation: (inviter) => ({
    subject: 'You are invited to Parley',
    paragraphs: [`${inviter} has invited you to the help desk. Choose a password to get in.`],
    action: 'Accept the invitation',
    closing: 'The link works once, for 72 hours.',
  }),
  passwordReset: () => ({
    subject: 'Choose a new password',
    paragraphs: ['Somebody, hopefully you, asked for a new password for your account.'],
    action: 'Choose a new password',
    closing: 'The link works once, for 30 minutes. If it was not you, there is nothing to do.',
  }),
  trial: () => ({
    subject: 'A mail to try the mail server',
    paragraphs: ['You asked the help desk to send this mail, and it came through.'],
    closing: 'There is nothing to do.',
  }),
  passwordChanged: () => ({
    subject: 'Your password was changed',
    paragraphs: ['The password of your account was just changed, and all other devices were signed out.'],
    closing: 'If it was not you, ask for a new password on the sign-in page at once.',
  }),
  confirmAddress: () => ({
    subject: 'Confirm your address',
    paragraphs: ['Somebody, hopefully you, gave this address for an account at our help desk.'],
    action: 'Confirm the address',
    closing: 'The link works once, for 24 hours. If it was not you, there is nothing to do.',
  }),
  addressChangeAsked: () => ({
    subject: 'Your address is about to be changed',
    paragraphs: [
      'Somebody, hopefully you, asked to use another address for your account. It has to be confirmed there first; until then this one stays.',
    ],
    closing: 'If it was not you, change your password at once: the other address can then not be confirmed any more.',
  }),
  addressChanged: () => ({
    subject: 'Your address was changed',
    paragraphs: ['Your account now has another address. Nothing more will be sent to this one.'],
    closing: 'If it was not you, tell the people who run the help desk at once.',
  }),
  deviceSignedOut: () => ({
    subject: 'A device was signed out',
    paragraphs: [
      'Something used an old sign-in of one of your devices a second time, as a copy of it would. To be safe, that device was signed out.',
    ],
    closing: 'If you did not restore an old state of a device, change your password.',
  }),

  ticketSubject: (ticketNumber, subject) => `[#${ticketNumber}] ${subject ?? 'Your request'}`,
  openTicket: 'Open the ticket',
  received: (ticketNumber) => `We have received your request. Its number is #${ticketNumber}.`,
  openedForYou: (ticketNumber, opener) => `${opener} opened a ticket for you. Its number is #${ticketNumber}.`,
  wrote: (author) => `${author} wrote:`,
  whileAway: (count) =>
    count === 1 ? 'You were away when this was written.' : `You were away when these ${count} messages were written.`,
  notShown: (earlier) =>
    earlier === 1 ? 'One earlier message is not shown.' : `${earlier} earlier messages are not shown.`,
  openedWhileAway: 'This ticket was opened while you were away.',
  changedWhileAway: 'This happened while you were away.',
  heldBack: 'This is what has happened since our last mail about this ticket.',
  assignedToYou: (actor) => (actor === null ? 'This ticket is now yours.' : `${actor} assigned this ticket to you.`),
  status: (status, isForStaff) => `Status: ${(isForStaff ? STAFF_STATUS : PLAIN_STATUS)[status]}`,
  priority: (priority) => `Priority: ${PRIORITIES[priority]}`,
  closing: (isForStaff) =>
    isForStaff
      ? 'Answers to this mail are not read.'
      : 'To answer, open the ticket. Answers to this mail are not read.',
  reason: (reason) => REASONS[reason],
  settings: 'Choose which mails you get',
  stop: 'Stop mails of this kind',
};
