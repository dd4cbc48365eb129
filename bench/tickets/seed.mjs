/** Signs in people of a filled desk, and finds what they will look at. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const AGENTS = 20;
const CUSTOMERS = 40;
const UNCLAIMED = 400;
const LONG_TICKETS = 30;
const PAGE = 40;

const require = createRequire(join(process.argv[2], 'dist/backend/'));
require('reflect-metadata');
const { DataSource } = require('typeorm');
const { inBackground } = require('./background-app.js');
const { loadSettings } = require('./config');
const { UnitOfWork } = require('./database');
const { AccessTokens, SignInsService } = require('./auth');
const { KNOWN_PHRASE, KNOWN_WORDS } = require('./operations/volume/volume-words.js');

process.on('message', async ({ name }) => {
  process.send({ name, payload: await inBackground(loadSettings(), seed) });
});

async function seed(app) {
  const dataSource = app.get(DataSource);
  const column = async (sql) => (await dataSource.query(sql)).map((row) => Object.values(row)[0]);
  const people = (role, count) =>
    column(`SELECT id FROM users WHERE role = '${role}' AND active = 1 ORDER BY id LIMIT ${count}`);
  const [hot] = await column('SELECT requesterId FROM tickets GROUP BY requesterId ORDER BY COUNT(*) DESC LIMIT 1');
  const [{ category }] = await dataSource.query('SELECT MAX(id) AS category FROM categories');
  const [tag] = await column('SELECT tag FROM tags ORDER BY uses LIMIT 1');
  const agents = await signedIn(app, await people('agent', AGENTS));
  return {
    agents,
    customers: await signedIn(app, await people('customer', CUSTOMERS)),
    hotCustomer: (await signedIn(app, [hot]))[0],
    longTickets: await column(
      `SELECT ticketNumber FROM conversations WHERE staffSeq >= 55 ORDER BY staffSeq LIMIT ${LONG_TICKETS}`,
    ),
    unclaimed: await column(
      `SELECT number FROM tickets WHERE assigneeId IS NULL AND status = 'open' AND deletedAt IS NULL
        ORDER BY number LIMIT ${UNCLAIMED}`,
    ),
    pageForty: await pageForty(app, agents[0]),
    known: {
      category,
      tag,
      rare: KNOWN_WORDS.rare.word,
      frequent: KNOWN_WORDS.frequent.word,
      phrase: KNOWN_PHRASE.phrase,
    },
  };
}

async function pageForty(app, { id }) {
  const { TicketListQueries } = require('./tickets/ticket-list.query.js');
  const actor = { id, name: 'bench', role: 'agent', signInId: '' };
  const query = { sort: '-createdAt', limit: 25 };
  let cursor;
  for (let page = 1; page < PAGE; page += 1)
    cursor = (await app.get(TicketListQueries, { strict: false }).page(actor, { ...query, cursor })).nextCursor;
  return `/api/tickets?cursor=${encodeURIComponent(cursor)}`;
}

function signedIn(app, ids) {
  const service = (type) => app.get(type, { strict: false });
  return service(UnitOfWork).run(async (tx) => {
    const people = [];
    for (const id of ids) {
      const { signInId } = await service(SignInsService).start(tx, id, 'bench');
      people.push({ id, token: service(AccessTokens).sign(id, signInId) });
    }
    return people;
  });
}
