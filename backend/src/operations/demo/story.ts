import type { MessageKind } from '../../conversations';
import type { TicketPriority, TicketStatus } from '../../tickets';
import type { DemoPersonKey } from './demo-people';
import type { DemoFileName } from './demo-files';

export type StoryStep =
  | { do: 'say'; kind: MessageKind; body: string; files: DemoFileName[] }
  | { do: 'claim' }
  | { do: 'release' }
  | { do: 'assign'; to: DemoPersonKey }
  | { do: 'status'; to: TicketStatus }
  | { do: 'priority'; to: TicketPriority }
  | { do: 'tags'; to: string[] }
  | { do: 'read' };

/** Something somebody does, so many minutes after what was done before. */
export type TimedStep = StoryStep & { after: number; by: DemoPersonKey };

/** One ticket from its creation to where it stands today. */
export interface Story {
  hoursAgo: number;
  requester: DemoPersonKey;
  subject: string;
  description: string;
  category: string;
  priority: TicketPriority;
  files?: DemoFileName[];
  steps: TimedStep[];
}

type Tell = (by: DemoPersonKey, after: number, body: string, ...files: DemoFileName[]) => TimedStep;

const say =
  (kind: MessageKind): Tell =>
  (by, after, body, ...files) => ({ do: 'say', kind, by, after, body, files });

export const chat = say('chat');
export const comment = say('comment');
export const note = say('note');
export const claim = (by: DemoPersonKey, after: number): TimedStep => ({ do: 'claim', by, after });
export const release = (by: DemoPersonKey, after: number): TimedStep => ({ do: 'release', by, after });
export const read = (by: DemoPersonKey, after: number): TimedStep => ({ do: 'read', by, after });

export const assign = (by: DemoPersonKey, after: number, to: DemoPersonKey): TimedStep => ({
  do: 'assign',
  by,
  after,
  to,
});

export const status = (by: DemoPersonKey, after: number, to: TicketStatus): TimedStep => ({
  do: 'status',
  by,
  after,
  to,
});

export const priority = (by: DemoPersonKey, after: number, to: TicketPriority): TimedStep => ({
  do: 'priority',
  by,
  after,
  to,
});

export const tags = (by: DemoPersonKey, after: number, ...to: string[]): TimedStep => ({ do: 'tags', by, after, to });
