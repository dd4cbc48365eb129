import type { DataSource } from 'typeorm';
import { canonicalEmail, defaultPreferences, type User } from '../../users';
import type { SeededRandom } from './volume-random';

const FIRST_NAMES = 'Ada Ben Cora Dan Eva Finn Gül Hugo Ida Jan Kim Léa Max Nora Ole Pia Ravi Sofía Tom Uma'.split(' ');
const LAST_NAMES = 'Abel Berg Costa Diaz Engel Falk Graf Haas Ito Jansen Koch Lund Mayer Novak Öz Peters Roth'.split(
  ' ',
);
const TAGS =
  'vip refund bug feature-request hardware printer mobile urgent-call legal export import sso mail billing trial renewal ' +
  'upgrade outage onboarding translation';

/** Who and what tickets refer to. */
export interface VolumeCast {
  agents: readonly string[];
  customers: readonly string[];
  categories: readonly string[];
  tags: readonly string[];
}

export interface VolumePeople {
  rows: User[];
  cast: VolumeCast;
}

/** They have accepted their invitations, as it were. Who wants to look at the desk makes an account. */
export function makePeople(
  random: SeededRandom,
  counts: { agents: number; customers: number },
  categories: readonly string[],
  since: number,
  passwordHash: string,
): VolumePeople {
  const person = (role: User['role'], index: number): User => {
    const email = `${role}-${index + 1}@volume.example`;
    return {
      id: random.idAt(since + index),
      email,
      emailKey: canonicalEmail(email),
      name: `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)} ${index + 1}`,
      role,
      active: true,
      passwordHash,
      preferences: defaultPreferences(),
      confirmedAt: new Date(since),
      anonymisedAt: null,
      createdAt: new Date(since + index),
    };
  };
  const agents = Array.from({ length: counts.agents }, (_, index) => person('agent', index));
  const customers = Array.from({ length: counts.customers }, (_, index) => person('customer', index));
  const ids = (people: User[]): string[] => people.map(({ id }) => id);
  return {
    rows: [...agents, ...customers],
    cast: { agents: ids(agents), customers: ids(customers), categories, tags: TAGS.split(' ') },
  };
}

export async function categoryIds(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ id: string }[]>('SELECT id FROM categories ORDER BY position');
  return rows.map(({ id }) => id);
}
