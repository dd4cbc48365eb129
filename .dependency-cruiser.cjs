/**
 * Who may import whom, for both halves: the table of docs/architecture.md in a form that a machine checks.
 */
const BASE = ['access', 'common', 'config', 'database'];

/** Backend rooms, lowest first, and the rooms each may use. */
const ROOMS = {
  access: [],
  common: [],
  config: ['common'],
  database: ['common', 'config'],
  audit: BASE,
  outbox: BASE,
  idempotency: BASE,
  users: [...BASE, 'audit', 'idempotency'],
  mail: [...BASE, 'outbox', 'audit'],
  auth: [...BASE, 'users', 'mail', 'audit', 'idempotency', 'nodes'],
  nodes: BASE,
  realtime: [...BASE, 'audit', 'users', 'auth', 'nodes'],
  presence: [...BASE, 'users', 'nodes', 'realtime'],
  categories: [...BASE, 'audit', 'idempotency'],
  'canned-replies': [...BASE, 'users', 'audit', 'idempotency'],
  attachments: [...BASE, 'outbox'],
  conversations: [...BASE, 'users', 'attachments'],
  tickets: [...BASE, 'users', 'categories', 'conversations', 'attachments', 'audit', 'auth', 'outbox', 'idempotency'],
  chat: [...BASE, 'users', 'audit', 'idempotency', 'nodes', 'realtime', 'presence', 'tickets', 'conversations'],
  search: [...BASE, 'users', 'outbox', 'tickets', 'conversations'],
  notifications: [...BASE, 'users', 'nodes', 'realtime', 'presence', 'mail', 'outbox', 'tickets', 'conversations'],
};

/** The wire vocabulary holds types only and belongs to both halves. */
const WIRE = '^backend/src/realtime/socket-events\\.ts$';

const roomRules = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `backend-${room}`,
  comment: `${room}/ may import ${allowed.join(', ') || 'no other room'}.`,
  severity: 'error',
  from: { path: `^backend/src/${room}/`, pathNot: '\\.spec\\.ts$' },
  to: { path: '^backend/src/', pathNot: [`^backend/src/(${[room, ...allowed].join('|')})/`] },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Arrows run one way; news travels up as domain events.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-packages-in-the-product',
      comment: 'What runs in production must not need a development package.',
      severity: 'error',
      from: { path: '^(backend|frontend)/src', pathNot: ['\\.spec\\.ts$', '/testing/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },

    ...roomRules,
    {
      name: 'backend-unknown-room',
      comment: 'A new room needs its line in the table above and in docs/architecture.md.',
      severity: 'error',
      from: { path: '^backend/src/' },
      to: {
        path: '^backend/src/[^/]+/',
        pathNot: `^backend/src/(${[...Object.keys(ROOMS), 'operations'].join('|')})/`,
      },
    },
    {
      name: 'backend-room-through-index',
      comment: 'Other rooms are used through their index.ts.',
      severity: 'error',
      from: { path: '^backend/src/([^/]+)/' },
      to: { path: '^backend/src/[^/]+/.+', pathNot: ['^backend/src/$1/', '^backend/src/[^/]+/index\\.ts$', WIRE] },
    },
    {
      name: 'backend-operations-is-on-top',
      comment: 'operations/ may use everything, and only the start-up files use it.',
      severity: 'error',
      from: { path: '^backend/src/[^/]+/', pathNot: '^backend/src/operations/' },
      to: { path: '^backend/src/operations/' },
    },
    {
      name: 'backend-product-knows-no-tests',
      severity: 'error',
      from: { path: '^backend/src/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^backend/test/', '\\.spec\\.ts$'] },
    },

    {
      name: 'frontend-shared',
      comment: 'shared/ imports nothing of the product.',
      severity: 'error',
      from: { path: '^frontend/src/app/shared/' },
      to: { path: '^frontend/src/app/', pathNot: '^frontend/src/app/shared/' },
    },
    {
      name: 'frontend-core',
      comment: 'core/ may import shared/.',
      severity: 'error',
      from: { path: '^frontend/src/app/core/' },
      to: { path: '^frontend/src/app/', pathNot: '^frontend/src/app/(core|shared)/' },
    },
    {
      name: 'frontend-domain',
      comment: 'domain/ may import core/ and shared/.',
      severity: 'error',
      from: { path: '^frontend/src/app/domain/' },
      to: { path: '^frontend/src/app/', pathNot: '^frontend/src/app/(domain|core|shared)/' },
    },
    {
      name: 'frontend-no-area-imports-another',
      severity: 'error',
      from: { path: '^frontend/src/app/features/([^/]+)/' },
      to: { path: '^frontend/src/app/features/', pathNot: '^frontend/src/app/features/$1/' },
    },
    {
      name: 'frontend-areas-are-lazy',
      comment: 'The frame loads pages on demand, so that nobody downloads the pages of another role.',
      severity: 'error',
      from: { path: '^frontend/src/(?!app/features/)' },
      to: {
        path: '^frontend/src/app/features/',
        pathNot: '\\.routes\\.ts$',
        dependencyTypesNot: ['dynamic-import'],
      },
    },
    {
      name: 'frontend-knows-only-the-wire',
      comment: 'Of the backend the client knows the socket vocabulary, nothing else.',
      severity: 'error',
      from: { path: '^frontend/' },
      to: { path: '^backend/', pathNot: WIRE },
    },
    {
      name: 'frontend-takes-only-types-from-the-wire',
      severity: 'error',
      from: { path: '^frontend/' },
      to: { path: WIRE, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'chaos-plays-from-outside',
      comment: 'The chaos test runs the real engine of the client, and meets the server over the wire alone.',
      severity: 'error',
      from: { path: '^e2e/chaos/' },
      to: {
        path: '^(backend|frontend)/',
        pathNot: [WIRE, '^frontend/src/app/domain/conversations/engine/'],
      },
    },
    {
      name: 'chaos-checker-judges-data',
      comment: 'What judges a round knows nothing but what was observed.',
      severity: 'error',
      from: { path: '^e2e/chaos/checker/' },
      to: { path: '^(e2e|backend|frontend)/', pathNot: ['^e2e/chaos/checker/', WIRE] },
    },
    {
      name: 'backend-knows-no-client',
      severity: 'error',
      from: { path: '^backend/' },
      to: { path: '^frontend/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'frontend/src/app/core/api/schema\\.d\\.ts$' },
    tsConfig: { fileName: 'scripts/tsconfig.imports.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
