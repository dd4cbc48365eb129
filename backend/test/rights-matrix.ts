/**
 * Who may call which route, as the statuses that each actor gets. A route that is missing here, or one that is here and
 * not in the document, fails the tests: whoever adds a route decides about it in this table.
 */

/** Whose ticket, message, file or thing the route is asked about. Routes about nothing particular use `own` alone. */
export const OBJECTS = ['own', 'foreign', 'unknown'] as const;
export type ObjectKind = (typeof OBJECTS)[number];

export const ACTORS = ['anon', 'disabled', 'customer', 'agent', 'admin'] as const;
export type ActorKind = (typeof ACTORS)[number];

/** Statuses for the things of the caller, of somebody else, and for ids that do not exist. */
type Cell = number | readonly [own: number, foreign: number, unknown: number];

export interface RouteRights {
  /** What is sent; a route that changes something sends what makes the call succeed for whoever may make it. */
  body?: Record<string, unknown> | 'file';
  anon: Cell;
  customer: Cell;
  agent: Cell;
  admin: Cell;
}

const everyone = (status: number): RouteRights => ({ anon: status, customer: status, agent: status, admin: status });
const signedIn = (cell: Cell): RouteRights => ({ anon: 401, customer: cell, agent: cell, admin: cell });
const staff = (cell: Cell): RouteRights => ({ anon: 401, customer: 403, agent: cell, admin: cell });
const admins = (cell: Cell): RouteRights => ({ anon: 401, customer: 403, agent: 403, admin: cell });
/** Customers about their own tickets, staff about all. */
const parties = (success: number): RouteRights => ({
  ...signedIn([success, success, 404]),
  customer: [success, 403, 403],
});

const NOBODY = '01900000-0000-7000-8000-000000000000';

export const RIGHTS: Record<string, RouteRights> = {
  'GET /health/live': everyone(200),
  'GET /health/ready': everyone(200),
  // The tests ask from the machine of the server.
  'GET /metrics': everyone(200),

  // Open to everyone; what is sent is refused for its content, which shows that the gate was passed.
  'POST /api/auth/register': { ...everyone(400), body: { email: 'no address', password: '' } },
  'POST /api/auth/login': { ...everyone(401), body: { email: 'nobody@example.com', password: 'no such password' } },
  'POST /api/auth/refresh': everyone(401),
  'POST /api/auth/logout': everyone(204),
  'POST /api/auth/logout-all': everyone(204),
  'POST /api/auth/password/forgot': { ...everyone(202), body: { email: 'nobody@example.com' } },
  'POST /api/auth/password/reset': { ...everyone(400), body: { token: 'none', password: 'long enough' } },
  'POST /api/auth/invitation/accept': { ...everyone(400), body: { token: 'none', password: 'long enough' } },

  'POST /api/auth/password/change': {
    ...signedIn(403),
    body: { currentPassword: 'not the password', newPassword: 'long enough' },
  },
  'POST /api/auth/email/confirm': { ...everyone(400), body: { token: 'none' } },
  'GET /api/me': signedIn(200),
  'POST /api/me/email': { ...signedIn(403), body: { email: 'new@example.com', password: 'not the password' } },
  'POST /api/me/email/confirmation': signedIn(202),
  'GET /api/me/export': signedIn(200),
  'DELETE /api/me': { ...signedIn(403), body: { password: 'not the password' } },
  'PATCH /api/me': { ...signedIn(200), body: { preferences: { sound: false } } },
  'GET /api/me/sessions': signedIn(200),
  'DELETE /api/me/sessions/{sessionId}': signedIn([204, 404, 404]),
  'GET /api/me/drafts': signedIn(200),
  'GET /api/notifications': signedIn(200),
  'PUT /api/notifications/{notificationId}/read': signedIn([204, 404, 404]),
  'PUT /api/notifications/tickets/{ticketId}/read': signedIn(204),
  'POST /api/notifications/read-all': signedIn(204),
  'GET /api/staff-defaults': admins(200),
  'PATCH /api/staff-defaults': { ...admins(200), body: { sound: true } },

  'GET /api/tickets': signedIn(200),
  'GET /api/tickets/counts': signedIn(200),
  'POST /api/tickets': { ...signedIn(201), body: { subject: 'Help', description: 'Please.' } },
  'POST /api/tickets/bulk': { ...staff(200), body: { ids: [2_000_000_000], action: { priority: 'high' } } },
  'GET /api/tickets/{ticketId}': parties(200),
  'PATCH /api/tickets/{ticketId}': { ...parties(200), body: { subject: 'Another subject' } },
  'DELETE /api/tickets/{ticketId}': { ...parties(204), agent: [204, 403, 404] },
  'POST /api/tickets/{ticketId}/restore': admins([200, 200, 404]),
  'PUT /api/tickets/{ticketId}/status': { ...parties(200), body: { status: 'resolved' } },
  'PUT /api/tickets/{ticketId}/priority': { ...parties(200), body: { priority: 'high' } },
  'PUT /api/tickets/{ticketId}/needs-reply': { ...staff([200, 200, 404]), body: { needsReply: false } },
  'GET /api/tickets/{ticketId}/followers': staff([200, 200, 404]),
  'PUT /api/tickets/{ticketId}/followers/me': staff([204, 204, 404]),
  'DELETE /api/tickets/{ticketId}/followers/me': staff([204, 204, 404]),
  'POST /api/tickets/{ticketId}/claim': staff([200, 200, 404]),
  'PUT /api/tickets/{ticketId}/assignee': { ...staff([400, 400, 404]), body: { agentId: NOBODY } },
  'DELETE /api/tickets/{ticketId}/assignee': staff([200, 200, 404]),
  'GET /api/tickets/{ticketId}/events': parties(200),
  'GET /api/tickets/{ticketId}/messages': parties(200),
  'POST /api/tickets/{ticketId}/messages': {
    ...parties(201),
    body: { clientMsgId: NOBODY, kind: 'chat', body: 'Hello' },
  },
  'GET /api/tickets/{ticketId}/comments': parties(200),
  'POST /api/tickets/{ticketId}/comments': { ...parties(201), body: { text: 'Hello' } },
  'PATCH /api/tickets/{ticketId}/messages/{messageId}': {
    ...signedIn([200, 403, 404]),
    customer: [200, 403, 403],
    body: { body: 'Hello again' },
  },
  'DELETE /api/tickets/{ticketId}/messages/{messageId}': parties(200),
  'GET /api/tickets/{ticketId}/drafts/{kind}': { ...signedIn([200, 404, 404]), customer: [200, 403, 403] },
  'PUT /api/tickets/{ticketId}/drafts/{kind}': {
    ...parties(200),
    body: { clientMsgId: NOBODY, body: 'Hel', baseSeq: 0 },
  },
  'DELETE /api/tickets/{ticketId}/drafts/{kind}': parties(204),
  'PUT /api/tickets/{ticketId}/read': { ...parties(204), body: { seq: 1 } },
  'PUT /api/tickets/{ticketId}/unread': { ...parties(204), body: { seq: 1 } },
  'POST /api/tickets/{ticketId}/attachments': { ...parties(201), body: 'file' },
  'GET /api/attachments/{attachmentId}': { ...signedIn([200, 200, 404]), customer: [200, 403, 404] },
  'GET /api/attachments/{attachmentId}/thumbnail': { ...signedIn([200, 200, 404]), customer: [200, 403, 404] },

  'GET /api/tags': staff(200),
  'PATCH /api/tags/{tagId}': { ...admins([202, 202, 404]), body: { name: 'A new tag' } },
  // Into one that does not exist.
  'POST /api/tags/{tagId}/merge': { ...admins([400, 400, 404]), body: { into: NOBODY } },
  'DELETE /api/tags/{tagId}': admins([202, 202, 404]),
  'GET /api/views': staff(200),
  'GET /api/views/counts': staff(200),
  'POST /api/views': { ...staff(201), body: { name: 'A new view', filter: { status: 'open' } } },
  'PATCH /api/views/{viewId}': { ...staff([200, 403, 404]), admin: [200, 200, 404], body: { sort: 'status' } },
  'DELETE /api/views/{viewId}': { ...staff([204, 403, 404]), admin: [204, 204, 404] },

  'GET /api/canned-replies': staff(200),
  // A shared one, which admins write.
  'POST /api/canned-replies': { ...admins(201), body: { key: 'fresh', title: 'Hello', body: 'Hello.', shared: true } },
  'PATCH /api/canned-replies/{replyId}': { ...staff([200, 404, 404]), body: { title: 'Another title' } },
  'DELETE /api/canned-replies/{replyId}': staff([204, 404, 404]),
  'POST /api/canned-replies/{replyId}/uses': staff([204, 404, 404]),
  'GET /api/canned-replies/{replyId}/versions': staff([200, 404, 404]),
  'POST /api/canned-replies/{replyId}/versions/{version}/restore': staff([200, 404, 404]),

  'GET /api/categories': signedIn(200),
  'POST /api/categories': { ...admins(201), body: { name: 'A new shelf' } },
  'GET /api/categories/uses': admins(200),
  // The order of one that does not exist.
  'PUT /api/categories/order': { ...admins(409), body: { ids: [NOBODY] } },
  'PATCH /api/categories/{categoryId}': { ...admins([200, 200, 404]), body: { hint: 'A line' } },
  'DELETE /api/categories/{categoryId}': admins([204, 204, 404]),
  'GET /api/users': staff(200),
  'POST /api/users': { ...admins(201), body: { email: 'ines@example.com', name: 'Ines', role: 'agent' } },
  'POST /api/users/invitations': { ...admins(200), body: { people: [{ email: 'ines@example.com' }] } },
  // Those of the tests have accepted.
  'POST /api/users/{userId}/invitation': admins([409, 409, 404]),
  'DELETE /api/users/{userId}/invitation': admins([409, 409, 404]),
  'GET /api/users/export': admins(200),
  'PATCH /api/users/{userId}': { ...admins([200, 200, 404]), body: { name: 'Another name' } },
  'DELETE /api/users/{userId}': admins([204, 204, 404]),
  'GET /api/agents': staff(200),
  'GET /api/mails': admins(200),
  'GET /api/mails/delivery': admins(200),
  // Nothing is sent where there is no mail server.
  'GET /api/mails/{mailId}/preview-link': admins([200, 200, 404]),
  'GET /api/mails/{mailId}/preview': admins([200, 200, 404]),
  'POST /api/mails/{mailId}/retry': admins([409, 409, 404]),
  // Without the token of a mail.
  'GET /api/mails/unsubscribe': everyone(400),
  'POST /api/mails/unsubscribe': everyone(400),
  'GET /api/self-test': admins(200),
  // Nobody could send it: the tests run without a mail server.
  'POST /api/self-test/mail': admins(409),
  'GET /api/settings': admins(200),
  'GET /api/settings/demo': admins(200),
  'DELETE /api/settings/demo': admins(200),
  'GET /api/audit': admins(200),
  'GET /api/audit/export': admins(200),
};

/** The status that the table promises. A disabled person is a stranger. */
export function promised(rights: RouteRights, actor: ActorKind, object: ObjectKind): number {
  const cell: Cell = rights[actor === 'disabled' ? 'anon' : actor];
  return typeof cell === 'number' ? cell : cell[OBJECTS.indexOf(object)];
}
