/** Everything that the log tells of. */
export const AUDIT_ACTIONS = [
  'login.succeeded',
  'login.failed',
  'login.throttled',
  'sign-in.ended',
  'token.reused',
  'password.changed',
  'password.forgotten',
  'password.reset',
  'email.confirmed',
  'email.changed',
  'access.denied',
  'user.created',
  'user.invited',
  'user.role-changed',
  'user.disabled',
  'user.enabled',
  'user.deleted',
  'ticket.assigned',
  'ticket.deleted',
  'ticket.restored',
  'ticket.purged',
  'message.removed',
  'category.changed',
  'export.made',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AUDIT_OBJECTS = ['user', 'ticket', 'message', 'attachment', 'category', 'sign-in'] as const;
export type AuditObject = (typeof AUDIT_OBJECTS)[number];
