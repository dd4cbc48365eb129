import { Injectable } from '@nestjs/common';
import { Statements } from '../../database';
import { Indexer } from './indexer';

const PEOPLE = 1_000;
const TICKETS = 200;

/** By what people are found: their tickets are looked at anew when that changes. */
@Injectable()
export class PeopleWatch {
  constructor(
    private readonly statements: Statements,
    private readonly indexer: Indexer,
  ) {}

  /** The names and addresses of all people, by id. */
  async names(): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (let last = ''; ;) {
      const sql = `SELECT id, name, email FROM users WHERE id > ? ORDER BY id LIMIT ${PEOPLE}`;
      const people = await this.statements.rows<{ id: string; name: string; email: string }>(sql, [last]);
      for (const { id, name, email } of people) names.set(id, `${name}\n${email}`);
      if (people.length < PEOPLE) return names;
      last = people[people.length - 1].id;
    }
  }

  /** Looks again at the tickets of those who are named otherwise than before. */
  async lookAgain(before: ReadonlyMap<string, string>): Promise<void> {
    for (const [id, name] of await this.names()) {
      const known = before.get(id);
      if (known !== undefined && known !== name) await this.renamed(id);
    }
  }

  /** Looks anew at all tickets of a requester, in pieces. */
  async renamed(requesterId: string): Promise<void> {
    for (let last = 0; ;) {
      const sql = `SELECT number FROM tickets WHERE requesterId = ? AND number > ? ORDER BY number LIMIT ${TICKETS}`;
      const tickets = await this.statements.rows<{ number: number }>(sql, [requesterId, last]);
      await this.indexer.anew(tickets.map(({ number }) => number));
      if (tickets.length < TICKETS) return;
      last = tickets[tickets.length - 1].number;
    }
  }
}
