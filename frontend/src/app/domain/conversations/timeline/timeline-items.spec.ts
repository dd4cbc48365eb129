import { aMessageEvent, ana, aStatusEvent, ben, cora } from '../testing/builders';
import { PendingMessage } from '../engine/outgoing-messages';
import { TimelineLog } from '../engine/timeline-log';
import type { WireTimelineEvent } from '@parley/socket-events';
import { News, timelineItems, TimelineItem } from './timeline-items';

const at = (time: string): { createdAt: string } => ({ createdAt: new Date(`2026-03-02T${time}`).toISOString() });

/** A short picture of the items, one word each. */
const picture = (items: TimelineItem[]): string[] =>
  items.map((item) => {
    if (item.type === 'messages') return `${item.own ? 'own' : item.author.id}:${item.messages.length}`;
    return item.type === 'changes' ? `changes:${item.changes.length}` : item.type;
  });

function arrange(events: WireTimelineEvent[], news: News | null = null, pending: PendingMessage[] = []): string[] {
  const log = new TimelineLog();
  for (const event of events) log.accept(event);
  return picture(timelineItems(log.toArray(), pending, { self: cora, news }));
}

const aPending = (createdAt: string): PendingMessage => ({
  clientMsgId: 'p',
  kind: 'chat',
  body: 'on its way',
  files: [],
  ticketId: 1001,
  createdAt,
  state: 'sending',
  holdUntil: null,
  attempts: 1,
  progress: null,
  persisted: true,
  error: null,
});

describe('timeline items', () => {
  it('groups what one author wrote within three minutes', () => {
    expect(
      arrange([
        aMessageEvent(1, at('09:00:00')),
        aMessageEvent(2, at('09:02:59')),
        aMessageEvent(3, at('09:05:58')),
        aMessageEvent(4, at('09:09:00')),
      ]),
    ).toEqual(['day', 'own:3', 'own:1']);
  });

  it('starts a new group for another author', () => {
    expect(
      arrange([
        aMessageEvent(1, { author: ana, ...at('09:00:00') }),
        aMessageEvent(2, { author: ben, ...at('09:00:30') }),
      ]),
    ).toEqual(['day', 'ana:1', 'ben:1']);
  });

  it('never groups a note with what the customer can read', () => {
    expect(
      arrange([
        aMessageEvent(1, { author: ana, ...at('09:00:00') }),
        aMessageEvent(2, { author: ana, kind: 'note', ...at('09:00:30') }),
      ]),
    ).toEqual(['day', 'ana:1', 'ana:1']);
  });

  it('draws a line for each day', () => {
    expect(
      arrange([
        aMessageEvent(1, { createdAt: new Date('2026-03-01T23:59:00').toISOString() }),
        aMessageEvent(2, at('00:00:30')),
      ]),
    ).toEqual(['day', 'own:1', 'day', 'own:1']);
  });

  it('draws the line of what is new above the first unseen message of somebody else', () => {
    expect(
      arrange(
        [
          aMessageEvent(1, { author: ana, ...at('09:00:00') }),
          aMessageEvent(2, { ...at('09:01:00') }),
          aMessageEvent(3, { author: ana, ...at('09:02:00') }),
          aMessageEvent(4, { author: ana, ...at('09:02:30') }),
        ],
        { after: 1, upTo: 4 },
      ),
    ).toEqual(['day', 'ana:1', 'own:1', 'new', 'ana:2']);
  });

  it('draws no such line when everything was seen or nothing is known', () => {
    const events = [aMessageEvent(1, { author: ana })];
    expect(arrange(events, { after: 1, upTo: 1 })).toEqual(['day', 'ana:1']);
    expect(arrange(events, null)).toEqual(['day', 'ana:1']);
  });

  it('draws no such line above what arrives while one is reading', () => {
    const events = [
      aMessageEvent(1, { author: ana, ...at('09:00:00') }),
      aMessageEvent(2, { author: ana, ...at('09:00:30') }),
    ];
    expect(arrange(events, { after: 1, upTo: 1 })).toEqual(['day', 'ana:2']);
  });

  it('gathers changes in a row', () => {
    const time = at('09:00:00').createdAt;
    expect(
      arrange([
        aStatusEvent(1, { at: time }),
        aStatusEvent(2, { at: time }),
        aMessageEvent(3, at('09:01:00')),
        aStatusEvent(4, { at: time }),
      ]),
    ).toEqual(['day', 'changes:2', 'own:1', 'changes:1']);
  });

  it('lets a message on its way join the group it will be stored in', () => {
    const time = at('09:00:00');
    expect(arrange([aMessageEvent(1, time)], null, [aPending(time.createdAt)])).toEqual(['day', 'own:2']);
  });
});
