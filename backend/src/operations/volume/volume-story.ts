import type { TicketStatus } from '../../tickets';
import type { VolumeCast } from './volume-people';
import type { SeededRandom } from './volume-random';

const MINUTE = 60_000;
const LONGEST_PAUSE = 180 * MINUTE;
const DELETED_SHARE = 0.005;
/** Deleted tickets can still be restored, or they would be purged. */
const RESTORABLE = 25 * 24 * 60 * MINUTE;

/** What becomes of one ticket, before it is told as rows. */
export interface VolumeStory {
  number: number;
  requesterId: string;
  assigneeId: string | null;
  status: TicketStatus;
  createdAt: number;
  /** Between one event and the next, on average. */
  pause: number;
  messages: number;
  deletedAt: number | null;
  now: number;
}

interface Place {
  /** From 0, the oldest. */
  index: number;
  count: number;
  since: number;
  now: number;
}

/** Most are long over; of the newest many are not, and a few old ones never were. */
function statusAt(random: SeededRandom, { index, count }: Place): TicketStatus {
  const newness = index / count;
  const isActive = random.chance(0.02 + 0.6 * Math.exp((newness - 1) * 40));
  if (isActive) return random.chance(0.5) ? 'open' : 'in_progress';
  return random.chance(0.02 + 0.5 * Math.exp((newness - 1) * 12)) ? 'resolved' : 'closed';
}

function assigneeFor(random: SeededRandom, status: TicketStatus, agents: readonly string[]): string | null {
  const assigned = { open: 0.3, in_progress: 1, resolved: 0.95, closed: 0.92 }[status];
  return random.chance(assigned) ? random.pick(agents, 1.5) : null;
}

export function storyOf(random: SeededRandom, place: Place, cast: VolumeCast, messages: number): VolumeStory {
  const { index, count, since, now } = place;
  const createdAt = since + Math.floor(((index + random.next()) / (count + 1)) * (now - since));
  const status = statusAt(random, place);
  return {
    number: 1001 + index,
    requesterId: random.pick(cast.customers, 3),
    assigneeId: assigneeFor(random, status, cast.agents),
    status,
    createdAt,
    pause: Math.min(LONGEST_PAUSE, (now - createdAt) / (2 * messages + 8)),
    messages,
    deletedAt: random.chance(DELETED_SHARE) ? now - Math.floor(random.next() * RESTORABLE) : null,
    now,
  };
}

/** Shares so many messages among so many tickets: most have few, some have hundreds, and nothing is left over. */
export class MessageShares {
  constructor(
    private tickets: number,
    private messages: number,
  ) {}

  next(random: SeededRandom): number {
    const mean = this.messages / this.tickets;
    this.tickets -= 1;
    const drawn = Math.round(-Math.log(1 - random.next()) * mean * (random.chance(0.0005) ? 50 : 1));
    const share = this.tickets ? Math.min(drawn, this.messages) : this.messages;
    this.messages -= share;
    return share;
  }
}
