import { AuditAction, AuditEntry } from '../../../core/api/models';

/** Every action in words, as they are chosen from and read. */
export const ACTION_WORDS: Readonly<Record<AuditAction, string>> = {
  'login.succeeded': 'Signed in',
  'login.failed': 'Sign-in failed',
  'login.throttled': 'Sign-in slowed down',
  'sign-in.ended': 'Signed out',
  'token.reused': 'Copied sign-in found',
  'password.changed': 'Password changed',
  'sample-data.removed': 'Sample data removed',
  'password.forgotten': 'Link for a new password asked for',
  'password.reset': 'Password chosen anew by mail',
  'email.confirmed': 'Address confirmed',
  'email.changed': 'Address changed',
  'access.denied': 'Access denied',
  'user.created': 'Account made',
  'user.invited': 'Person invited',
  'invitation.resent': 'Invitation sent again',
  'invitation.withdrawn': 'Invitation withdrawn',
  'user.renamed': 'Person renamed',
  'user.role-changed': 'Role changed',
  'user.disabled': 'Person switched off',
  'user.enabled': 'Person switched on',
  'user.deleted': 'Account deleted',
  'ticket.assigned': 'Ticket assigned',
  'ticket.deleted': 'Ticket deleted',
  'ticket.restored': 'Ticket restored',
  'ticket.purged': 'Ticket erased for good',
  'message.edited': 'Message edited',
  'message.removed': 'Message removed',
  'category.changed': 'Category changed',
  'tag.changed': 'Tag changed',
  'canned-reply.changed': 'Canned reply changed',
  'settings.changed': 'Settings changed',
  'mail.retried': 'Mail sent again',
  'export.made': 'Data exported',
};

export const ACTIONS = Object.keys(ACTION_WORDS) as AuditAction[];

/** What stands in details, in words; what is not here is read as it is. */
const WORDS: Readonly<Record<string, string>> = {
  customer: 'customer',
  agent: 'agent',
  admin: 'admin',
  'signed-out': 'by the person',
  'password-changed': 'because the password was changed',
  disabled: 'because the person was switched off',
  deleted: 'because the account was deleted',
  'token-reused': 'because a copied sign-in was found',
  'forged token': 'with a made-up token',
  forbidden: 'not allowed',
  unauthenticated: 'not signed in',
  'not-found': 'not there',
  'wrong-password': 'wrong password',
  'foreign-origin': 'from another site',
  audit: 'the audit log',
  'own-data': 'their own data',
  people: 'the people',
  ordered: 'put in order',
};

const LABELS: Readonly<Record<string, string>> = {
  role: 'Role',
  reason: 'Why',
  code: 'Why',
  route: 'Request',
  event: 'Event',
  of: 'What',
  format: 'As',
  filter: 'Filter',
  people: 'People',
  tickets: 'Tickets',
  name: 'Name',
  hint: 'Hint',
  key: 'Key',
  change: 'Change',
  order: 'Order',
  archived: 'Archived',
};

/** The details of an entry on one line: before and after where both are known, with names for ids. */
export function detailsOf({ action, data, names }: AuditEntry): string {
  const { from, to, ...others } = data;
  const nothing = action === 'ticket.assigned' ? 'the queue' : 'nothing';
  const word = (value: unknown): string => wordOf(value, names, nothing);
  const change = from !== undefined || to !== undefined ? [`${word(from)} → ${word(to)}`] : [];
  const facts = Object.entries(others).filter(([, value]) => !isEmpty(value));
  return [...change, ...facts.map(([name, value]) => `${LABELS[name] ?? name}: ${word(value)}`)].join(' · ');
}

/** Things whose ids tell nobody anything. */
const NAMELESS: Readonly<Record<string, string | undefined>> = {
  'sign-in': 'A signed-in device',
  tag: 'A tag that is gone',
  'canned-reply': 'A canned reply',
  mail: 'A mail',
};

/** What the entry is about, as it is called today. */
export function objectName(object: NonNullable<AuditEntry['object']>): string {
  const { type, id, name, ticketId } = object;
  if (ticketId !== null) {
    const ticket = name === null ? `#${ticketId}` : `#${ticketId} ${name}`;
    return type === 'message' ? `A message in ${ticket}` : ticket;
  }
  if (name !== null) return name;
  return NAMELESS[type] ?? `${type} ${id}`;
}

/** Where the thing is shown; null for what has no page. */
export function objectLink(
  object: NonNullable<AuditEntry['object']>,
): { path: string[]; query?: { q: string } } | null {
  const { type, id, name, ticketId } = object;
  if (ticketId !== null && name !== null) return { path: ['/tickets', String(ticketId)] };
  if (type === 'user' && name !== null) return { path: ['/admin/people'], query: { q: id } };
  if (type === 'tag' && name !== null) return { path: ['/admin/tags'], query: { q: name } };
  if (type === 'canned-reply') return { path: ['/admin/canned-replies'] };
  if (type === 'mail') return { path: ['/admin/mails'] };
  return type === 'category' && name !== null ? { path: ['/admin/categories'] } : null;
}

function wordOf(value: unknown, names: Readonly<Record<string, string>>, nothing: string): string {
  if (value === null || value === undefined) return nothing;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'string') return JSON.stringify(value);
  return names[value] ?? WORDS[value] ?? value;
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
