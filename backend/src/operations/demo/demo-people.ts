import type { Role } from '../../access';

export interface DemoPerson {
  readonly name: string;
  /** Of a domain that nobody can own (RFC 2606). */
  readonly email: string;
  readonly role: Role;
}

/** Who plays in the demo. */
export const DEMO_PEOPLE = {
  helen: { name: 'Helen Okafor', email: 'helen.okafor@example.com', role: 'admin' },
  marta: { name: 'Marta Lindqvist', email: 'marta.lindqvist@example.com', role: 'agent' },
  jonas: { name: 'Jonas Weber', email: 'jonas.weber@example.com', role: 'agent' },
  priya: { name: 'Priya Raman', email: 'priya.raman@example.com', role: 'customer' },
  daniel: { name: 'Daniel Costa', email: 'daniel.costa@example.com', role: 'customer' },
  chloe: { name: 'Chloé Martin', email: 'chloe.martin@example.com', role: 'customer' },
} as const satisfies Record<string, DemoPerson>;

export type DemoPersonKey = keyof typeof DEMO_PEOPLE;

export const DEMO_PERSON_KEYS = Object.keys(DEMO_PEOPLE) as DemoPersonKey[];
