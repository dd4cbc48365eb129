import { isStaff, type Actor } from '../access';
import type { Conversation } from './conversation.entity';

/** Who is listening: customers see public events only, in a numbering of their own. */
export type Audience = 'public' | 'staff';

export const audienceOf = (actor: Pick<Actor, 'role'>): Audience => (isStaff(actor) ? 'staff' : 'public');

/** The sequence number of an event or message in one audience; only for what that audience may see. */
export function seqFor(audience: Audience, numbered: { staffSeq: number; publicSeq: number | null }): number {
  if (audience === 'staff') return numbered.staffSeq;
  if (numbered.publicSeq === null) throw new Error('Something for staff only was about to be shown to a customer.');
  return numbered.publicSeq;
}

export const headOf = (audience: Audience, conversation: Conversation): number =>
  audience === 'staff' ? conversation.staffSeq : conversation.publicSeq;

/** The opaque name of one audience's numbering. */
export const streamOf = (audience: Audience, conversation: Conversation): string =>
  `${conversation.stream.replaceAll('-', '')}${audience === 'staff' ? 's' : 'p'}`;
