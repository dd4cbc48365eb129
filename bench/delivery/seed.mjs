/** Makes people, sign-ins and tickets through the services of the built product, and tells who they are. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.argv[2], 'dist/backend/'));
require('reflect-metadata');
const { inBackground } = require('./background-app.js');
const { loadSettings } = require('./config');
const { UnitOfWork } = require('./database');
const { UsersService } = require('./users');
const { AccessTokens, SignInsService } = require('./auth');
const { AssignmentService, TicketCreationService } = require('./tickets');

process.on('message', async ({ name, payload }) => {
  process.send({ name, payload: await inBackground(loadSettings(), (app) => seed(app, payload)) });
});

async function seed(app, { people, room }) {
  const service = (type) => app.get(type, { strict: false });
  // A ticket has one customer, so a room of many is one of staff.
  const agentCount = room ? people - 1 : Math.max(1, Math.round(people / 20));
  const agents = await invite(service, 'agent', agentCount);
  const customers = await invite(service, 'customer', people - agentCount);
  const open = async (customer, agent) => {
    const subject = `Request of ${customer.actor.name}`;
    const input = { subject, description: 'Measured.', requesterId: customer.actor.id };
    const { number } = await service(TicketCreationService).create(agent.actor, input, []);
    await service(AssignmentService).claim(agent.actor, number);
    return number;
  };
  if (room) return inOneRoom(agents, customers, open);
  for (const [index, customer] of customers.entries()) {
    const agent = agents[index % agents.length];
    const number = await open(customer, agent);
    customer.tickets.push(number);
    agent.tickets.push(number);
  }
  return [...agents, ...customers].map(shown);
}

async function inOneRoom(agents, customers, open) {
  const number = await open(customers[0], agents[0]);
  for (const person of [...agents, customers[0]]) person.tickets.push(number);
  return [...agents, ...customers].map(shown);
}

const shown = ({ actor, token, tickets }) => ({ token, isStaff: actor.role !== 'customer', tickets });

function invite(service, role, count) {
  return service(UnitOfWork).run(async (tx) => {
    const people = [];
    for (let index = 0; index < count; index += 1) {
      const name = `${role} ${index}`;
      const email = `${role}-${index}@measured.example`;
      const user = await service(UsersService).create(tx, { email, name, role, passwordHash: null, confirmed: true });
      const { signInId } = await service(SignInsService).start(tx, user.id, 'bench');
      const token = service(AccessTokens).sign(user.id, signInId);
      people.push({ actor: { id: user.id, name, role, signInId }, token, tickets: [] });
    }
    return people;
  });
}
