import { AuditAction, AuditEntry } from '../../../core/api/models';

/** Every action in words, as they are chosen from and read. */
export const ACTION_WORDS: Readonly<Record<AuditAction, string>> = {
  'login.succeeded': 'Signed in',
  'login.failed': 'Sign-in failed',
  'login.throttled': 'Sign-in slowed down',
  'sign-in.ended': 'Signed out',
  'token.reused': 'Copied sign-in found',
  'password.changed': 'Password changed',
  'password.forgotten': 'Link for a new password asked for',
  'password.reset': 'Password chosen anew by mail',
  'email.confirmed': 'Address confirmed',
  'email.changed': 'Address changed',
  'access.denied': 'Access denied',
  'user.created': 'Account made',
  'user.invited': 'Person invited',
  'user.role-changed': 'Role changed',
  'user.disabled': 'Person switched off',
  'user.enabled': 'Person switched on',
  'user.deleted': 'Account deleted',
  'ticket.assigned': 'Ticket assigned',
  'ticket.deleted': 'Ticket deleted',
  'ticket.restored': 'Ticket restored',
  'ticket.purged': 'Ticket erased for good',
  'message.removed': 'Message removed',
  'category.changed': 'Category changed',
  'export.made': 'Data exported',
};

export const ACTIONS = Object.keys(ACTION_WORDS) as AuditAction[];

/** The details of an entry on one line: before and after where both are known. */
export function detailsOf({ data }: AuditEntry): string {
  const { from, to, ...others } = data;
  const change = from !== undefined || to !== undefined ? [`${wordOf(from)} → ${wordOf(to)}`] : [];
  return [...change, ...Object.entries(others).map(([name, value]) => `${name}: ${wordOf(value)}`)].join(' · ');
}

function wordOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
