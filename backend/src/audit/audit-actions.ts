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
  'invitation.resent',
  'invitation.withdrawn',
  'user.renamed',
  'user.role-changed',
  'user.disabled',
  'user.enabled',
  'user.deleted',
  'ticket.assigned',
  'ticket.deleted',
  'ticket.restored',
  'ticket.purged',
  'message.edited',
  'message.removed',
  'category.changed',
  'settings.changed',
  'export.made',
  'sample-data.removed',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AUDIT_OBJECTS = ['user', 'ticket', 'message', 'attachment', 'category', 'sign-in', 'settings'] as const;
export type AuditObject = (typeof AUDIT_OBJECTS)[number];
