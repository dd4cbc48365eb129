const ANA = { id: '019c9f3e-7d10-7b52-8c3a-5d2f1f0a9b11', name: 'Ana Silva', role: 'agent', online: true };
const CORA = { id: '019c9f3e-7d10-7b52-8c3a-5d2f1f0a9b12', name: 'Cora Lind', role: 'customer', online: true };
const AT = '2026-11-20T09:41:12.345Z';
const LATER = '2026-11-20T09:43:55.012Z';
const TECHNICAL = { id: '019c9f3e-7d10-7b52-8c3a-5d2f1f0a9b13', name: 'Technical' };

const ATTACHMENT = {
  id: '019c9f3e-7d10-7b52-8c3a-5d2f1f0a9b14',
  filename: 'blank-page.png',
  mediaType: 'image/png',
  size: 48_213,
  width: 1280,
  height: 720,
  url: '/api/attachments/019c9f3e-7d10-7b52-8c3a-5d2f1f0a9b14?expires=1795168000&signIn=…&signature=…',
  thumbnailUrl:
    '/api/attachments/019c9f3e-7d10-7b52-8c3a-5d2f1f0a9b14/thumbnail?expires=1795168000&signIn=…&signature=…',
};

const MESSAGE = {
  id: '019c9f41-02c4-7f4e-9d1b-1c52a8f3e021',
  ticketId: 1042,
  seq: 4,
  kind: 'chat',
  body: 'Did you try another cartridge?',
  clientMsgId: '019c9f41-01aa-7c3d-8e11-0f6b2a9d4c37',
  author: ANA,
  attachments: [],
  createdAt: LATER,
  editedAt: null,
  removedAt: null,
};

const CHANGED_KEY = { command: 'ticket.claim', key: 'g x' };

const DRAFT = {
  ticketId: 1042,
  kind: 'chat',
  body: 'Then let us have a look at the',
  attachments: [],
  clientMsgId: '019c9f44-7b12-7d55-a0a1-44c3e0f6b201',
  baseSeq: 4,
  updatedAt: LATER,
};

const SUMMARY = {
  id: 1042,
  subject: 'The printer prints blank pages',
  category: TECHNICAL,
  priority: 'high',
  status: 'in_progress',
  requester: CORA,
  assignee: ANA,
  tags: ['printer'],
  needsReply: false,
  reopenCount: 0,
  unread: 1,
  lastMessage: { author: ANA, excerpt: MESSAGE.body, at: LATER },
  createdAt: AT,
  updatedAt: LATER,
  firstRespondedAt: LATER,
  resolvedAt: null,
  closedAt: null,
  version: 3,
};

const BULK_RESULT = { ticketId: 1042, ok: true, before: { status: 'in_progress', tags: [] }, version: 4 };
const FILTER = { status: ['open', 'in_progress'], assignee: 'none', priority: ['urgent'] };
const VIEW = {
  id: '019c9f47-2222-7333-8444-555566667777',
  name: 'Urgent and unclaimed',
  filter: FILTER,
  sort: 'createdAt',
  shared: true,
  owner: ANA,
  createdAt: AT,
  updatedAt: LATER,
};

const CANNED_TEXT = {
  key: 'restart-router',
  title: 'Restart the router',
  body: 'Hello {{customer.firstName}}, please switch the router off, wait ten seconds, and switch it on again.',
  inReply: true,
  inNote: false,
};
const CANNED_REPLY = {
  id: '019c9f47-4444-7333-8444-555566667777',
  ...CANNED_TEXT,
  shared: true,
  owner: ANA,
  uses: 31,
  lastUsedAt: LATER,
  version: 2,
  createdAt: AT,
  updatedAt: LATER,
};

const TOLD_LOUDLY = { page: true, desktop: true, sound: true };
const TOLD_QUIETLY = { page: true, desktop: false, sound: false };
const NOTICE_EVENTS = {
  created: { page: false, desktop: false, sound: false },
  assigned: TOLD_LOUDLY,
  message: TOLD_LOUDLY,
  mention: TOLD_LOUDLY,
  status: TOLD_QUIETLY,
  priority: TOLD_QUIETLY,
};
const QUIET_HOURS = { on: true, from: '22:00', to: '07:00' };
const NOTICE_PREFERENCES = { events: NOTICE_EVENTS, scope: 'followed', neutral: false, quietHours: QUIET_HOURS };
const PREFERENCES = {
  email: { messages: true, status: true, assignments: true, mentions: true, priority: false, created: false },
  sound: true,
  theme: 'system',
  language: 'en',
  takeBackSeconds: 5,
  notifications: NOTICE_PREFERENCES,
  timeZone: 'Europe/Berlin',
  keys: { letters: true, changed: [{ command: 'ticket.claim', key: 'v' }] },
  workspace: { afterResolve: 'next', details: true, detailsWidth: 320, folded: ['times'], putAway: [] },
};
const STAFF_DEFAULTS = { email: PREFERENCES.email, sound: true, notifications: NOTICE_PREFERENCES };
const ACCOUNT = { id: CORA.id, email: 'cora@example.com', name: CORA.name, role: 'customer', language: 'en' };
const LONG_PASSWORD = 'correct horse battery staple';
const TOKEN = 'nX3q0m9vQ2f1c8sJ7uYt5r4e3w2q1a0zB9c8D7e6F5g';

const INVITED = {
  id: ANA.id,
  email: 'ana@example.com',
  name: ANA.name,
  role: 'agent',
  active: true,
  invited: true,
  online: false,
  createdAt: AT,
  invitedAt: AT,
  lastSeenAt: null,
};
const INVITATION_REFUSED = {
  code: 'email-taken',
  detail: 'There is already an account with this address. Sign in, or ask for a new password.',
};

const AUDITED = { type: 'ticket', id: '1042', name: 'The printer prints blank pages', ticketId: 1042 };
const MATCH = {
  field: 'message',
  excerpt: [
    { text: 'The ', hit: false },
    { text: 'printer', hit: true },
    { text: ' on the second floor is blank again.', hit: false },
  ],
};

/** One believable example for each shape of the API, by the name of its schema. */
export const OPENAPI_EXAMPLES: Record<string, unknown> = {
  AcceptInvitationDto: { token: TOKEN, password: LONG_PASSWORD, name: 'Ana Silva' },
  AccountDto: ACCOUNT,
  AgentDto: { ...ANA, presence: 'online', load: 7 },
  AssignTicketDto: { agentId: ANA.id },
  AttachmentDto: ATTACHMENT,
  FindingDto: {
    name: 'Mail',
    state: 'warning',
    found: 'Nothing is sent: mails are kept, and stand under Mails.',
    advice: 'Set SMTP_URL and MAIL_FROM, and start Parley again.',
  },
  MailTrialDto: { sent: true, answer: '250 OK: message queued' },
  SettingDto: {
    name: 'IMAGE_MAX_BYTES',
    group: 'Files',
    meaning: 'The size of a picture, at most.',
    value: '4 MB',
    isGiven: false,
  },
  DemoDataDto: { people: 6, tickets: 14 },
  DemoRemovedDto: { people: 6, tickets: 14, kept: [] },
  AuditEntryDto: {
    id: '019c9f45-3b20-7a10-b0c2-6a1d5e8f7c91',
    at: AT,
    actor: ANA,
    address: '203.0.113.7',
    action: 'ticket.deleted',
    object: AUDITED,
    data: {},
    names: {},
  },
  AuditObjectDto: AUDITED,
  BulkActionDto: { status: 'resolved', addTags: ['printer'] },
  BulkAnswerDto: { results: [BULK_RESULT] },
  BulkBeforeDto: BULK_RESULT.before,
  BulkResultDto: BULK_RESULT,
  BulkTicketsDto: { ids: [1042, 1043], action: { status: 'resolved', addTags: ['printer'] } },
  BulkUndoDto: { ticketId: 1042, version: 4, before: BULK_RESULT.before },
  CategoryDto: { ...TECHNICAL, hint: 'Something does not work as it should', archived: false },
  CategoryOrderDto: { ids: [TECHNICAL.id, '019c9f3e-7d10-7b52-8c3a-5d2f1f0a9b19'] },
  CategoryRefDto: TECHNICAL,
  CategoryUsesDto: { id: TECHNICAL.id, uses: 12 },
  ChangedKey: CHANGED_KEY,
  ChangeEmailDto: { email: 'cora@example.org', password: LONG_PASSWORD },
  ChangePasswordDto: { currentPassword: 'the one before', newPassword: LONG_PASSWORD },
  ChangePriorityDto: { priority: 'urgent' },
  ChangeStatusDto: { status: 'resolved' },
  CommentDto: { ...MESSAGE, kind: 'comment', text: MESSAGE.body },
  ConfirmEmailDto: { token: TOKEN },
  CreateCategoryDto: { name: 'Delivery', hint: 'Where a parcel is' },
  CreateViewDto: { name: VIEW.name, filter: FILTER, sort: VIEW.sort, shared: true },
  CreateTicketDto: {
    subject: SUMMARY.subject,
    description: 'Since this morning every page comes out blank.',
    categoryId: TECHNICAL.id,
    priority: 'high',
  },
  DeleteMeDto: { password: LONG_PASSWORD },
  DraftDto: DRAFT,
  DraftSummaryDto: { ticketId: 1042, kind: 'chat', excerpt: DRAFT.body, updatedAt: LATER },
  EditMessageDto: { body: 'Did you try another cartridge, please?' },
  EmailPreferences: PREFERENCES.email,
  ForgotPasswordDto: { email: ACCOUNT.email },
  HealthDto: { status: 'ok' },
  InviteUserDto: { email: 'ana@example.com', name: 'Ana Silva', role: 'agent' },
  InvitePeopleDto: { people: [{ email: 'ana@example.com', name: 'Ana Silva', role: 'agent' }] },
  InvitationErrorDto: INVITATION_REFUSED,
  InvitationResultDto: { user: null, error: INVITATION_REFUSED },
  InvitationResultsDto: {
    results: [
      { user: INVITED, error: null },
      { user: null, error: INVITATION_REFUSED },
    ],
  },
  KeyPreferences: { letters: true, changed: [CHANGED_KEY] },
  LastMessageDto: SUMMARY.lastMessage,
  LoginDto: { email: ACCOUNT.email, password: LONG_PASSWORD },
  MailDeliveryDto: {
    sending: true,
    from: 'Parley <no-reply@help.example.com>',
    waiting: 2,
    parked: 1,
    waitingSince: AT,
  },
  MailDto: {
    id: '019c9f45-3b20-7a10-b0c2-6a1d5e8f7c90',
    to: 'ana@example.com',
    subject: 'You are invited to Parley',
    text: 'Hello Ana Silva,\n\n…',
    html: '<!doctype html>…',
    createdAt: AT,
    sentAt: null,
    status: 'kept',
    attempts: 0,
    lastError: null,
  },
  MailPreviewLinkDto: {
    url: '/api/mails/019c9f3e-7d10-7b52-8c3a-5d2f1f0a9b15/preview?expires=1795168000&signIn=…&signature=…',
  },
  MatchPieceDto: MATCH.excerpt[1],
  MarkReadDto: { seq: 4 },
  MarkUnreadDto: { seq: 3 },
  MeDto: { ...ACCOUNT, emailConfirmed: true, confirmationPending: false, preferences: PREFERENCES, createdAt: AT },
  CannedReplyDto: CANNED_REPLY,
  CannedReplyVersionDto: { version: 1, author: ANA, at: AT, ...CANNED_TEXT },
  CreateCannedReplyDto: { ...CANNED_TEXT, shared: true },
  UpdateCannedReplyDto: { body: CANNED_TEXT.body },
  MergeTagDto: { into: '019c9f47-3333-7333-8444-555566667778' },
  MessageDto: MESSAGE,
  NeedsReplyDto: { needsReply: false },
  NewCommentDto: { text: 'We have ordered a new cartridge for you.' },
  NoticeChannels: TOLD_LOUDLY,
  NoticeEvents: NOTICE_EVENTS,
  NoticePreferences: NOTICE_PREFERENCES,
  NotificationDto: {
    id: '019c9f46-1111-7222-8333-444455556666',
    type: 'message.created',
    ticketId: 1042,
    title: '#1042 The printer prints blank pages',
    text: MESSAGE.body,
    actor: ANA,
    createdAt: LATER,
    readAt: null,
    reason: 'requester',
  },
  Preferences: PREFERENCES,
  PreferencesPatch: { theme: 'dark', email: { status: false } },
  QuietHours: QUIET_HOURS,
  ReadyDto: { status: 'ok' },
  RegisterDto: { email: ACCOUNT.email, password: LONG_PASSWORD, name: CORA.name },
  RenameTagDto: { name: 'printers' },
  ResetPasswordDto: { token: TOKEN, password: LONG_PASSWORD },
  SaveDraftDto: { body: DRAFT.body, attachmentIds: [], clientMsgId: DRAFT.clientMsgId, baseSeq: 4 },
  SendMessageDto: { clientMsgId: MESSAGE.clientMsgId, kind: 'chat', body: MESSAGE.body, attachmentIds: [] },
  SentMessageDto: { message: MESSAGE, seq: 4, duplicate: false },
  SeqDto: { seq: 5 },
  SessionDto: {
    id: '019c9f30-aaaa-7bbb-8ccc-ddddeeeeffff',
    client: 'Mozilla/5.0 …',
    createdAt: AT,
    lastSeenAt: LATER,
    current: true,
  },
  StaffDefaultsDto: STAFF_DEFAULTS,
  StaffDefaultsPatch: { notifications: { events: { created: { page: true } } } },
  SignedInDto: { accessToken: 'eyJhbGciOiJIUzI1NiIs…', tokenType: 'Bearer', expiresIn: 900, user: ACCOUNT },
  StatusCountsDto: { open: 4, in_progress: 3, resolved: 12, closed: '1000+' },
  TagChangeDto: { to: 'printers' },
  TagDto: { id: '019c9f47-3333-7333-8444-555566667777', tag: 'printer', uses: 12, change: null },
  TicketCountsDto: {
    all: '1000+',
    byStatus: { open: 4, in_progress: 3, resolved: 12, closed: '1000+' },
    mine: 3,
    unassigned: 4,
    needsReply: 2,
    unread: 1,
  },
  TicketDto: { ...SUMMARY, description: 'Since this morning every page comes out blank.', attachments: [ATTACHMENT] },
  TicketFilter: FILTER,
  TicketMatchDto: MATCH,
  TicketSummaryDto: SUMMARY,
  TimelineEventDto: {
    id: '019c9f40-5555-7666-8777-888899990000',
    ticketId: 1042,
    seq: 3,
    type: 'status.changed',
    at: LATER,
    actor: ANA,
    data: { from: 'open', to: 'in_progress' },
  },
  UpdateCategoryDto: { hint: 'Where a parcel is, and when it comes' },
  UpdateMeDto: { name: 'Cora Lind', preferences: { theme: 'dark' } },
  UpdateTicketDto: { subject: 'The printer in room 4 prints blank pages', tags: ['printer', 'room-4'] },
  UpdateUserDto: { role: 'admin' },
  UserDto: { ...INVITED, invited: false, online: true, invitedAt: null, lastSeenAt: LATER },
  UpdateViewDto: { name: 'Urgent, nobody has it', shared: false },
  UserRefDto: ANA,
  ViewCountDto: { id: VIEW.id, count: 3 },
  ViewDto: VIEW,
  WorkspacePreferences: {
    afterResolve: 'next',
    details: true,
    detailsWidth: 300,
    folded: ['files'],
    putAway: ['first-steps'],
  },
};
