/** Asks the database how it finds each list: what the product asks, explained. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const LISTS = [
  ['staff', 'newest', ''],
  ['staff', 'oldest', 'sort=createdAt'],
  ['staff', 'last changed', 'sort=-updatedAt'],
  ['staff', 'urgent first', 'sort=-priority'],
  ['staff', 'by status', 'sort=status'],
  ['staff', 'newest open', 'status=open'],
  ['staff', 'open and in progress, last changed', 'status=open,in_progress&sort=-updatedAt'],
  ['staff', 'open and in progress, urgent first', 'status=open,in_progress&sort=-priority'],
  ['staff', 'mine', 'assignee=me'],
  ['staff', 'mine and running, last changed', 'assignee=me&status=open,in_progress&sort=-updatedAt'],
  ['staff', 'unassigned and open', 'assignee=none&status=open'],
  ['staff', 'unread', 'unread=true'],
  ['staff', 'needs reply, newest', 'needsReply=true'],
  ['staff', 'needs reply, last changed', 'needsReply=true&sort=-updatedAt'],
  ['staff', 'urgent', 'priority=urgent'],
  ['staff', 'one category', 'category=<category>'],
  ['staff', 'one tag', 'tag=<tag>'],
  ['staff', 'one tag, urgent, one category', 'tag=<tag>&priority=urgent&category=<category>'],
  ['staff', 'of the busiest customer', 'requester=<customer>'],
  ['customer', 'newest', ''],
  ['customer', 'last changed', 'sort=-updatedAt'],
  ['customer', 'running', 'status=open,in_progress'],
  ['customer', 'their turn', 'turn=mine'],
];

const require = createRequire(join(process.argv[2], 'dist/backend/'));
require('reflect-metadata');
const { plainToInstance } = require('class-transformer');
const { DataSource } = require('typeorm');
const { inBackground } = require('./background-app.js');
const { loadSettings } = require('./config');
const { Statements } = require('./database');
const { TicketListQuery } = require('./tickets/dto/ticket-list-query.dto.js');
const { TicketListQueries } = require('./tickets/ticket-list.query.js');

process.on('message', async ({ name }) => {
  process.send({ name, payload: await inBackground(loadSettings(), plans) });
});

async function plans(app) {
  const dataSource = app.get(DataSource);
  const one = async (sql) => Object.values((await dataSource.query(sql))[0])[0];
  const known = {
    agent: await one(`SELECT assigneeId FROM tickets WHERE assigneeId IS NOT NULL GROUP BY assigneeId
      ORDER BY COUNT(*) DESC LIMIT 1`),
    customer: await one('SELECT requesterId FROM tickets GROUP BY requesterId ORDER BY COUNT(*) DESC LIMIT 1'),
    category: await one('SELECT MAX(id) FROM categories'),
    tag: await one('SELECT tag FROM tags ORDER BY uses LIMIT 1'),
  };
  const explained = [];
  for (const [who, list, text] of LISTS) {
    const role = who === 'staff' ? 'agent' : 'customer';
    const actor = { id: known[role], name: 'bench', role, signInId: '' };
    const query = text.replace(/<(\w+)>/g, (_all, name) => known[name]);
    const { sql, values } = await asked(app, actor, query);
    explained.push({ list: `${who}: ${list}`, steps: await explain(dataSource, sql, values) });
  }
  return explained;
}

/** The statement that a list asks for its page. */
async function asked(app, actor, text) {
  const statements = app.get(Statements, { strict: false });
  const seen = [];
  statements.rows = (sql, values, tx) => {
    seen.push({ sql, values });
    return Statements.prototype.rows.call(statements, sql, values, tx);
  };
  const query = plainToInstance(TicketListQuery, Object.fromEntries(new URLSearchParams(text)));
  await app.get(TicketListQueries, { strict: false }).page(actor, query);
  delete statements.rows;
  return seen.find(({ sql }) => sql.includes('AS page'));
}

async function explain(dataSource, sql, values) {
  const stored = values.map((value) =>
    value instanceof Date ? value.toISOString().slice(0, 23).replace('T', ' ') : value,
  );
  if (dataSource.options.type !== 'mysql')
    return (await dataSource.query(`EXPLAIN QUERY PLAN ${sql}`, stored)).map(({ detail }) => detail);
  return dataSource.query(`EXPLAIN ${sql}`, stored);
}
