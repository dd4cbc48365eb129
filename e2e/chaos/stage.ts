import { Desk, inviteAgent, registerCustomer, signInAdmin, type Person } from './clients/people';
import { Device, type DeviceOptions } from './clients/device';
import type { Random } from './random';
import type { Recorder } from './record/recorder';
import type { Tab } from './clients/tab';
import type { World } from './world/world';

/** A customer's ticket with the storm in it, and one of the same customer in which nothing is said. */
export interface CustomersTickets {
  readonly customer: Person;
  readonly desk: Desk;
  readonly ticketId: number;
  readonly quietId: number;
}

/** All that takes part in a round. */
export interface Stage {
  readonly world: World;
  readonly random: Random;
  readonly recorder: Recorder;
  readonly devices: readonly Device[];
  readonly customers: readonly CustomersTickets[];
  /** Agents who work past all faults of the network, to make ready and to look afterwards. */
  readonly agentDesk: Desk;
  readonly agent: Person;
}

export const openTabs = ({ devices }: Stage): Tab[] => devices.flatMap(({ tabs }) => tabs);

/** Two customers with a ticket each, two agents on both of them, one of whom has a phone too. */
export async function setStage(world: World, random: Random, recorder: Recorder): Promise<Stage> {
  const origin = world.node(0).origin;
  const admin = await signInAdmin(origin);
  const [cora, carl, ana, ben] = await Promise.all([
    registerCustomer(origin, 'Cora'),
    registerCustomer(origin, 'Carl'),
    inviteAgent(admin, 'Ana'),
    inviteAgent(admin, 'Ben'),
  ]);
  const customers = await Promise.all([cora, carl].map((customer) => openTickets(origin, customer)));
  const agentDesk = await Desk.signIn(origin, ana);
  const all = customers.map(({ ticketId }) => ticketId);
  const [first, second] = all.map((ticketId) => [ticketId]);
  const plans: DeviceOptions[] = [
    { name: 'cora', person: cora, ticketIds: first ?? [], transports: ['websocket'], node: 0 },
    { name: 'carl', person: carl, ticketIds: second ?? [], transports: ['polling'], node: 1 },
    { name: 'ana', person: ana, ticketIds: all, transports: ['polling', 'websocket'], node: 1 },
    { name: 'ana-phone', person: ana, ticketIds: all, transports: ['websocket'], node: 0 },
    { name: 'ben', person: ben, ticketIds: all, transports: ['websocket', 'polling'], node: 0 },
  ];
  const devices = await Promise.all(plans.map((plan) => Device.unpack(plan, world, random.fork(), recorder)));
  return { world, random, recorder, devices, customers, agentDesk, agent: ana };
}

async function openTickets(origin: string, customer: Person): Promise<CustomersTickets> {
  const desk = await Desk.signIn(origin, customer);
  const open = async (subject: string): Promise<number> =>
    (await desk.ask('POST', '/tickets', { subject, description: 'It does not work.' })).id;
  const quietId = await open(`A quiet matter of ${customer.name}`);
  return { customer, desk, quietId, ticketId: await open(`An urgent matter of ${customer.name}`) };
}
