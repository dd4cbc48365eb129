import type { MailReason, MailTexts, PriorityWord, StatusWord } from './mail-texts';

const STAFF_STATUS: Record<StatusWord, string> = {
  open: 'Offen',
  in_progress: 'In Arbeit',
  resolved: 'Gelöst',
  closed: 'Geschlossen',
};
/** Customers do not read the words of staff. */
const PLAIN_STATUS: Record<StatusWord, string> = {
  open: 'Eingegangen',
  in_progress: 'Wir kümmern uns darum',
  resolved: 'Gelöst',
  closed: 'Abgeschlossen',
};

const PRIORITIES: Record<PriorityWord, string> = {
  low: 'Niedrig',
  medium: 'Mittel',
  high: 'Hoch',
  urgent: 'Dringend',
};
const REASONS: Record<MailReason, string> = {
  requester: 'Sie erhalten diese Mail, weil es um Ihr eigenes Ticket geht.',
  assignee: 'Sie erhalten diese Mail, weil Ihnen das Ticket zugewiesen ist.',
  mentioned: 'Sie erhalten diese Mail, weil Sie in einer Notiz erwähnt wurden.',
  follower: 'Sie erhalten diese Mail, weil Sie diesem Ticket folgen.',
  listener: 'Sie erhalten diese Mail, weil Sie von mehr als Ihren eigenen Tickets hören möchten.',
};

export const german: MailTexts = {
  greeting: (name) => (name === null ? 'Guten Tag,' : `Guten Tag ${name},`),

  invitation: (inviter) => ({
    subject: 'Ihre Einladung zu Parley',
    paragraphs: [`${inviter} hat Sie zum Helpdesk eingeladen. Wählen Sie ein Passwort, um hineinzukommen.`],
    action: 'Einladung annehmen',
    closing: 'Der Link gilt einmal, 72 Stunden lang.',
  }),
  passwordReset: () => ({
    subject: 'Neues Passwort wählen',
    paragraphs: ['Jemand, hoffentlich Sie selbst, hat für Ihr Konto ein neues Passwort angefordert.'],
    action: 'Neues Passwort wählen',
    closing: 'Der Link gilt einmal, 30 Minuten lang. Wenn Sie das nicht waren, müssen Sie nichts tun.',
  }),
  trial: () => ({
    subject: 'Eine Mail, um den Mailserver zu prüfen',
    paragraphs: ['Sie haben den Helpdesk gebeten, diese Mail zu senden, und sie ist angekommen.'],
    closing: 'Es ist nichts zu tun.',
  }),
  passwordChanged: () => ({
    subject: 'Ihr Passwort wurde geändert',
    paragraphs: ['Das Passwort Ihres Kontos wurde soeben geändert; alle anderen Geräte wurden abgemeldet.'],
    closing: 'Wenn Sie das nicht waren, fordern Sie auf der Anmeldeseite sofort ein neues Passwort an.',
  }),
  confirmAddress: () => ({
    subject: 'Bestätigen Sie Ihre Adresse',
    paragraphs: ['Jemand, hoffentlich Sie selbst, hat diese Adresse für ein Konto bei unserem Helpdesk angegeben.'],
    action: 'Adresse bestätigen',
    closing: 'Der Link gilt einmal, 24 Stunden lang. Wenn Sie das nicht waren, müssen Sie nichts tun.',
  }),
  addressChangeAsked: () => ({
    subject: 'Ihre Adresse soll geändert werden',
    paragraphs: [
      'Jemand, hoffentlich Sie selbst, möchte für Ihr Konto eine andere Adresse verwenden. Sie muss dort erst bestätigt werden; bis dahin bleibt es bei dieser.',
    ],
    closing:
      'Wenn Sie das nicht waren, ändern Sie sofort Ihr Passwort: Dann kann die andere Adresse nicht mehr bestätigt werden.',
  }),
  addressChanged: () => ({
    subject: 'Ihre Adresse wurde geändert',
    paragraphs: ['Ihr Konto hat nun eine andere Adresse. An diese hier wird nichts mehr gesendet.'],
    closing: 'Wenn Sie das nicht waren, wenden Sie sich sofort an den Betreiber des Helpdesks.',
  }),
  deviceSignedOut: () => ({
    subject: 'Ein Gerät wurde abgemeldet',
    paragraphs: [
      'Eine alte Anmeldung eines Ihrer Geräte wurde ein zweites Mal verwendet, wie es bei einer Kopie geschähe. Zur Sicherheit wurde dieses Gerät abgemeldet.',
    ],
    closing: 'Wenn Sie kein Gerät auf einen alten Stand zurückgesetzt haben, ändern Sie Ihr Passwort.',
  }),

  ticketSubject: (ticketNumber, subject) => `[#${ticketNumber}] ${subject ?? 'Ihre Anfrage'}`,
  openTicket: 'Ticket öffnen',
  received: (ticketNumber) => `Wir haben Ihre Anfrage erhalten. Sie hat die Nummer #${ticketNumber}.`,
  openedForYou: (ticketNumber, opener) =>
    `${opener} hat ein Ticket für Sie eröffnet. Es hat die Nummer #${ticketNumber}.`,
  wrote: (author) => `${author} schrieb:`,
  whileAway: (count) =>
    count === 1
      ? 'Das wurde geschrieben, während Sie nicht da waren.'
      : `Diese ${count} Nachrichten wurden geschrieben, während Sie nicht da waren.`,
  notShown: (earlier) =>
    earlier === 1 ? 'Eine frühere Nachricht ist nicht gezeigt.' : `${earlier} frühere Nachrichten sind nicht gezeigt.`,
  openedWhileAway: 'Dieses Ticket wurde eröffnet, während Sie nicht da waren.',
  changedWhileAway: 'Das ist geschehen, während Sie nicht da waren.',
  heldBack: 'Das ist seit unserer letzten Mail zu diesem Ticket geschehen.',
  assignedToYou: (actor) =>
    actor === null ? 'Dieses Ticket gehört nun Ihnen.' : `${actor} hat Ihnen dieses Ticket zugewiesen.`,
  status: (status, isForStaff) => `Status: ${(isForStaff ? STAFF_STATUS : PLAIN_STATUS)[status]}`,
  priority: (priority) => `Priorität: ${PRIORITIES[priority]}`,
  closing: (isForStaff) =>
    isForStaff
      ? 'Antworten auf diese Mail werden nicht gelesen.'
      : 'Zum Antworten öffnen Sie bitte das Ticket. Antworten auf diese Mail werden nicht gelesen.',
  reason: (reason) => REASONS[reason],
  settings: 'Auswählen, welche Mails Sie erhalten',
  stop: 'Keine Mails dieser Art mehr',
};
