/** A Nest application with one route that runs one keyset query through mysql2: the floor under a list. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [, , root, port, databaseUrl] = process.argv;
const require = createRequire(join(root, 'package.json'));
require('reflect-metadata');
const { Controller, Get, Module } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const mysql = require('mysql2/promise');

const QUERY = `SELECT number, subject, priority, status, requesterId, assigneeId, createdAt, updatedAt, version
  FROM tickets FORCE INDEX (IX_tickets_listStatusCreated)
  WHERE deletedAt IS NULL AND statusRank = 0 AND createdAt < ? ORDER BY createdAt DESC, number DESC LIMIT 25`;
const pool = mysql.createPool({ uri: databaseUrl, connectionLimit: 16, timezone: 'Z' });

class BareController {
  async list() {
    const [rows] = await pool.execute(QUERY, ['2100-01-01 00:00:00.000']);
    return rows;
  }
}
Controller()(BareController);
Get('newest-open')(BareController.prototype, 'list', Object.getOwnPropertyDescriptor(BareController.prototype, 'list'));

class BareModule {}
Module({ controllers: [BareController] })(BareModule);

const ANSWERS = {
  listen: async () => {
    const app = await NestFactory.create(BareModule, { logger: false });
    await app.listen(Number(port), '127.0.0.1');
  },
  usage: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
};

process.on('message', async ({ name, payload }) => process.send({ name, payload: await ANSWERS[name](payload) }));
