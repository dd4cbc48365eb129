import type { MigrationInterface, QueryRunner } from 'typeorm';
import { newId } from '../../common';
import { createTable, dialectOf } from './dialect';

const CATEGORIES: readonly (readonly [name: string, hint: string])[] = [
  ['Billing', 'Invoices, payments and refunds'],
  ['Technical', 'Something does not work as it should'],
  ['General', 'Questions about the product'],
  ['Account', 'Signing in, your details, access for others'],
  ['Other', 'Anything else'],
];

/** People, tickets, their conversations and files, and the outbox. */
export class Foundation1795200000000 implements MigrationInterface {
  readonly name = 'Foundation1795200000000';

  async up(runner: QueryRunner): Promise<void> {
    await createPeople(runner);
    await createTickets(runner);
    await createConversations(runner);
    await createMessengers(runner);
    await seedCategories(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables =
      'audit_entries mails outbox notifications attachments participants messages timeline_events conversations ticket_tags tickets categories one_time_tokens sign_ins users';
    for (const table of tables.split(' ')) await runner.query(`DROP TABLE IF EXISTS ${table}`);
  }
}

async function createPeople(runner: QueryRunner): Promise<void> {
  const t = dialectOf(runner);
  await createTable(runner, 'users', {
    columns: [
      `id ${t.key()} NOT NULL PRIMARY KEY`,
      `email ${t.text(254)} NOT NULL`,
      `emailKey ${t.exact(254)} NOT NULL`,
      `name ${t.text(100)} NOT NULL`,
      `role ${t.key(20)} NOT NULL`,
      `active ${t.flag} NOT NULL`,
      `passwordHash ${t.key(255)} NULL`,
      `preferences ${t.longText} NOT NULL`,
      `confirmedAt ${t.time} NULL`,
      `anonymisedAt ${t.time} NULL`,
      `createdAt ${t.time} NOT NULL`,
    ],
    unique: { email: ['emailKey'] },
    indexes: { role: ['role', 'active', 'id'] },
  });
  await createTable(runner, 'sign_ins', {
    columns: [
      `id ${t.key()} NOT NULL PRIMARY KEY`,
      `userId ${t.key()} NOT NULL`,
      `family ${t.key(43)} NOT NULL`,
      `tokenHash ${t.key(64)} NOT NULL`,
      `previousHash ${t.key(64)} NULL`,
      `rotatedAt ${t.time} NULL`,
      `createdAt ${t.time} NOT NULL`,
      `lastSeenAt ${t.time} NOT NULL`,
      `expiresAt ${t.time} NOT NULL`,
      `client ${t.text(200)} NOT NULL`,
      `endedAt ${t.time} NULL`,
      `FOREIGN KEY (userId) REFERENCES users (id)`,
    ],
    unique: { family: ['family'] },
    indexes: { user: ['userId', 'endedAt'] },
  });
  await createTable(runner, 'one_time_tokens', {
    columns: [
      `id ${t.key()} NOT NULL PRIMARY KEY`,
      `userId ${t.key()} NOT NULL`,
      `purpose ${t.key(20)} NOT NULL`,
      `tokenHash ${t.key(64)} NOT NULL`,
      `createdAt ${t.time} NOT NULL`,
      `expiresAt ${t.time} NOT NULL`,
      `usedAt ${t.time} NULL`,
      `FOREIGN KEY (userId) REFERENCES users (id)`,
    ],
    unique: { token: ['tokenHash'] },
    indexes: { user: ['userId', 'purpose'] },
  });
}

async function createTickets(runner: QueryRunner): Promise<void> {
  const t = dialectOf(runner);
  await createTable(runner, 'categories', {
    columns: [
      `id ${t.key()} NOT NULL PRIMARY KEY`,
      `name ${t.text(100)} NOT NULL`,
      `nameKey ${t.exact(100)} NOT NULL`,
      `hint ${t.text(200)} NOT NULL`,
      `position ${t.int} NOT NULL`,
      `archivedAt ${t.time} NULL`,
    ],
    unique: { name: ['nameKey'] },
  });
  const last = (prefix: string): string[] => [
    `${prefix}At ${t.time} NULL`,
    `${prefix}AuthorId ${t.key()} NULL`,
    `${prefix}Excerpt ${t.text(200)} NULL`,
  ];
  await createTable(runner, 'tickets', {
    columns: [
      `number ${t.ticketNumber}`,
      `requesterId ${t.key()} NOT NULL`,
      `assigneeId ${t.key()} NULL`,
      `categoryId ${t.key()} NULL`,
      `subject ${t.text(200)} NOT NULL`,
      `description ${t.longText} NOT NULL`,
      `status ${t.key(20)} NOT NULL`,
      `statusRank ${t.int} NOT NULL`,
      `priority ${t.key(20)} NOT NULL`,
      `priorityRank ${t.int} NOT NULL`,
      `tags ${t.longText} NOT NULL`,
      `version ${t.int} NOT NULL`,
      `publicVersion ${t.int} NOT NULL`,
      `createdAt ${t.time} NOT NULL`,
      `updatedAt ${t.time} NOT NULL`,
      `publicUpdatedAt ${t.time} NOT NULL`,
      ...last('lastMessage'),
      ...last('publicLastMessage'),
      `needsReply ${t.flag} NOT NULL`,
      `firstRespondedAt ${t.time} NULL`,
      `resolvedAt ${t.time} NULL`,
      `closedAt ${t.time} NULL`,
      `deletedAt ${t.time} NULL`,
      `FOREIGN KEY (requesterId) REFERENCES users (id)`,
      `FOREIGN KEY (assigneeId) REFERENCES users (id)`,
      `FOREIGN KEY (categoryId) REFERENCES categories (id)`,
    ],
    indexes: {
      created: ['createdAt', 'number'],
      updated: ['updatedAt', 'number'],
      priority: ['priorityRank', 'number'],
      status: ['statusRank', 'number'],
      statusUpdated: ['status', 'updatedAt', 'number'],
      statusCreated: ['status', 'createdAt', 'number'],
      requester: ['requesterId', 'publicUpdatedAt', 'number'],
      requesterCreated: ['requesterId', 'createdAt', 'number'],
      assignee: ['assigneeId', 'status', 'updatedAt', 'number'],
      assigneeCreated: ['assigneeId', 'createdAt', 'number'],
      category: ['categoryId', 'createdAt', 'number'],
    },
    startAt: 1001,
  });
  await createTable(runner, 'ticket_tags', {
    columns: [
      `tag ${t.exact(40)} NOT NULL`,
      `ticketNumber ${t.int} NOT NULL`,
      `PRIMARY KEY (tag, ticketNumber)`,
      `FOREIGN KEY (ticketNumber) REFERENCES tickets (number)`,
    ],
    indexes: { ticket: ['ticketNumber'] },
  });
}

async function createConversations(runner: QueryRunner): Promise<void> {
  const t = dialectOf(runner);
  await createTable(runner, 'conversations', {
    columns: [
      `ticketNumber ${t.int} NOT NULL PRIMARY KEY`,
      `staffSeq ${t.int} NOT NULL`,
      `publicSeq ${t.int} NOT NULL`,
      `stream ${t.key()} NOT NULL`,
      `FOREIGN KEY (ticketNumber) REFERENCES tickets (number)`,
    ],
  });
  await createTable(runner, 'messages', {
    columns: [
      `id ${t.key()} NOT NULL PRIMARY KEY`,
      `ticketNumber ${t.int} NOT NULL`,
      `staffSeq ${t.int} NOT NULL`,
      `publicSeq ${t.int} NULL`,
      `kind ${t.key(20)} NOT NULL`,
      `body ${t.longText} NOT NULL`,
      `authorId ${t.key()} NOT NULL`,
      `clientMsgId ${t.key()} NOT NULL`,
      `payloadHash ${t.key(64)} NOT NULL`,
      `createdAt ${t.time} NOT NULL`,
      `editedAt ${t.time} NULL`,
      `removedAt ${t.time} NULL`,
      `FOREIGN KEY (ticketNumber) REFERENCES tickets (number)`,
      `FOREIGN KEY (authorId) REFERENCES users (id)`,
    ],
    unique: {
      client: ['authorId', 'clientMsgId'],
      staffSeq: ['ticketNumber', 'staffSeq'],
      publicSeq: ['ticketNumber', 'publicSeq'],
    },
  });
  await createTable(runner, 'timeline_events', {
    columns: [
      `ticketNumber ${t.int} NOT NULL`,
      `staffSeq ${t.int} NOT NULL`,
      `publicSeq ${t.int} NULL`,
      `id ${t.key()} NOT NULL`,
      `type ${t.key(40)} NOT NULL`,
      `actorId ${t.key()} NOT NULL`,
      `at ${t.time} NOT NULL`,
      `messageId ${t.key()} NULL`,
      `data ${t.longText} NOT NULL`,
      `PRIMARY KEY (ticketNumber, staffSeq)`,
      `FOREIGN KEY (ticketNumber) REFERENCES tickets (number)`,
      `FOREIGN KEY (actorId) REFERENCES users (id)`,
      `FOREIGN KEY (messageId) REFERENCES messages (id)`,
    ],
    unique: { id: ['id'], publicSeq: ['ticketNumber', 'publicSeq'] },
    indexes: { actor: ['actorId'], message: ['messageId'] },
  });
  await createTable(runner, 'participants', {
    columns: [
      `userId ${t.key()} NOT NULL`,
      `ticketNumber ${t.int} NOT NULL`,
      `holds ${t.flag} NOT NULL`,
      `follows ${t.flag} NOT NULL`,
      `wrote ${t.flag} NOT NULL`,
      `readStaffSeq ${t.int} NOT NULL`,
      `readPublicSeq ${t.int} NOT NULL`,
      `unread ${t.int} NOT NULL`,
      `PRIMARY KEY (userId, ticketNumber)`,
      `FOREIGN KEY (userId) REFERENCES users (id)`,
      `FOREIGN KEY (ticketNumber) REFERENCES tickets (number)`,
    ],
    indexes: { unread: ['userId', 'unread', 'ticketNumber'], ticket: ['ticketNumber'] },
  });
  await createTable(runner, 'attachments', {
    columns: [
      `id ${t.key()} NOT NULL PRIMARY KEY`,
      `uploaderId ${t.key()} NOT NULL`,
      `ticketNumber ${t.int} NOT NULL`,
      `messageId ${t.key()} NULL`,
      `position ${t.int} NOT NULL`,
      `state ${t.key(10)} NOT NULL`,
      `filename ${t.text(255)} NOT NULL`,
      `mediaType ${t.key(100)} NOT NULL`,
      `size ${t.int} NOT NULL`,
      `width ${t.int} NULL`,
      `height ${t.int} NULL`,
      `storageKey ${t.key(100)} NOT NULL`,
      `thumbnailKey ${t.key(100)} NULL`,
      `sha256 ${t.key(64)} NOT NULL`,
      `createdAt ${t.time} NOT NULL`,
      `FOREIGN KEY (uploaderId) REFERENCES users (id)`,
      `FOREIGN KEY (ticketNumber) REFERENCES tickets (number)`,
      `FOREIGN KEY (messageId) REFERENCES messages (id)`,
    ],
    indexes: {
      ticket: ['ticketNumber', 'messageId'],
      message: ['messageId'],
      state: ['state', 'createdAt'],
      uploader: ['uploaderId', 'state'],
    },
  });
}

async function createMessengers(runner: QueryRunner): Promise<void> {
  const t = dialectOf(runner);
  await createTable(runner, 'notifications', {
    columns: [
      `id ${t.key()} NOT NULL PRIMARY KEY`,
      `userId ${t.key()} NOT NULL`,
      `type ${t.key(40)} NOT NULL`,
      `ticketNumber ${t.int} NOT NULL`,
      `actorId ${t.key()} NULL`,
      `messageId ${t.key()} NULL`,
      `title ${t.text(250)} NOT NULL`,
      `text ${t.text(250)} NOT NULL`,
      `createdAt ${t.time} NOT NULL`,
      `readAt ${t.time} NULL`,
      `FOREIGN KEY (userId) REFERENCES users (id)`,
      `FOREIGN KEY (actorId) REFERENCES users (id)`,
      `FOREIGN KEY (messageId) REFERENCES messages (id)`,
      `FOREIGN KEY (ticketNumber) REFERENCES tickets (number)`,
    ],
    indexes: {
      user: ['userId', 'id'],
      message: ['messageId'],
      unread: ['userId', 'readAt', 'id'],
      userTicket: ['userId', 'ticketNumber'],
      ticket: ['ticketNumber'],
      actor: ['actorId'],
    },
  });
  await createTable(runner, 'outbox', {
    columns: [
      `id ${t.key()} NOT NULL PRIMARY KEY`,
      `kind ${t.key(40)} NOT NULL`,
      `payload ${t.longText} NOT NULL`,
      `state ${t.key(10)} NOT NULL`,
      `runAfter ${t.time} NOT NULL`,
      `leaseUntil ${t.time} NULL`,
      `leaseToken ${t.key()} NULL`,
      `attempts ${t.int} NOT NULL`,
      `lastError ${t.longText} NULL`,
      `createdAt ${t.time} NOT NULL`,
    ],
    indexes: { due: ['kind', 'state', 'runAfter', 'id'] },
  });
  await createTable(runner, 'mails', {
    columns: [
      `id ${t.key()} NOT NULL PRIMARY KEY`,
      `recipient ${t.text(254)} NOT NULL`,
      `subject ${t.text(250)} NOT NULL`,
      `text ${t.longText} NOT NULL`,
      `html ${t.longText} NOT NULL`,
      `status ${t.key(10)} NOT NULL`,
      `createdAt ${t.time} NOT NULL`,
      `sentAt ${t.time} NULL`,
    ],
    indexes: { status: ['status', 'id'] },
  });
  await createTable(runner, 'audit_entries', {
    columns: [
      `id ${t.key()} NOT NULL PRIMARY KEY`,
      `at ${t.time} NOT NULL`,
      `actorId ${t.key()} NULL`,
      `address ${t.key(64)} NULL`,
      `action ${t.key(40)} NOT NULL`,
      `objectType ${t.key(20)} NULL`,
      `objectId ${t.key()} NULL`,
      `data ${t.longText} NOT NULL`,
      `sealedIn ${t.int} NULL`,
    ],
    indexes: {
      action: ['action', 'at'],
      object: ['objectType', 'objectId'],
      actor: ['actorId', 'at'],
      sealed: ['sealedIn', 'id'],
    },
  });
}

async function seedCategories(runner: QueryRunner): Promise<void> {
  const [{ count }] = (await runner.query('SELECT COUNT(*) AS count FROM categories')) as { count: number | string }[];
  if (Number(count) > 0) return;
  for (const [position, [name, hint]] of CATEGORIES.entries())
    await runner.query(
      'INSERT INTO categories (id, name, nameKey, hint, position, archivedAt) VALUES (?, ?, ?, ?, ?, NULL)',
      [newId(), name, name.toLowerCase(), hint, position],
    );
}
