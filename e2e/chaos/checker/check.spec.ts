import { check } from './check';
import type { Finding, Observations } from './observations';
import { aCleanRound, messageIdOf, TICKET, type Draft } from './testing/clean-round';

type Round = Draft<Observations>;

/** Breaks one thing in a clean round and judges it. */
function findingsWhen(breakIt: (round: Round) => void): Finding[] {
  const round = aCleanRound();
  breakIt(round);
  return check(round);
}

const rulesWhen = (breakIt: (round: Round) => void): string[] => [
  ...new Set(findingsWhen(breakIt).map(({ rule }) => rule)),
];

/** The parts of a clean round that most tests break; they are always there. */
function parts(round: Round) {
  const [record] = round.conversations;
  const [customer, agent] = round.views;
  if (!record || !customer || !agent) throw new Error('A clean round has one conversation and two views.');
  return { record, customer, agent };
}

/** Takes one message out of the record as if it had never been stored, and closes the numbers behind it. */
function forget(round: Round, messageId: string): void {
  const { record } = parts(round);
  for (const audience of ['public', 'staff'] as const) {
    record.events[audience] = record.events[audience]
      .filter((event) => messageIdOf(event) !== messageId)
      .map((event, index) => ({ ...event, seq: index + 1 }));
    record.messages[audience] = record.messages[audience].filter(({ id }) => id !== messageId);
  }
  record.stored.messages = record.stored.messages.filter(({ id }) => id !== messageId);
}

describe('the checker', () => {
  it('passes a round in which every promise was kept', () => {
    expect(check(aCleanRound())).toEqual([]);
  });

  describe('catches what was lost:', () => {
    it('an acknowledged message that is not in the record', () => {
      const rules = rulesWhen((round) => forget(round, 'message-4'));
      expect(rules).toContain('what was acknowledged is there');
      expect(rules).toContain('what was handed over is delivered or kept');
    });

    it('an acknowledged edit that is not in the record', () => {
      const rules = rulesWhen((round) => round.changed.forEach((change) => (change.seq = 99)));
      expect(rules).toEqual(['what was acknowledged is there']);
    });

    it('a message of an outbox that nobody acknowledged, and that nobody has', () => {
      const rules = rulesWhen((round) => {
        forget(round, 'message-4');
        round.acknowledged = [];
      });
      expect(rules).toContain('what was handed over is delivered or kept');
    });

    it('a message that still waits in an outbox', () => {
      const findings = findingsWhen((round) => {
        round.handed.push(aMessageInTheOutbox());
        parts(round).customer.pending.push({ clientMsgId: 'client-9', state: 'waiting', error: 'timeout' });
      });
      expect(findings).toMatchObject([{ what: expect.stringContaining('still waiting') }]);
    });

    it('but not one that was refused because the ticket was closed', () => {
      const findings = findingsWhen((round) => {
        round.handed.push(aMessageInTheOutbox());
        parts(round).customer.pending.push({ clientMsgId: 'client-9', state: 'failed', error: 'ticket_closed' });
      });
      expect(findings).toEqual([]);
    });

    it('nor one that a crash took before the disk had it', () => {
      const findings = findingsWhen((round) => {
        round.handed.push(aMessageInTheOutbox());
        round.crashes.push({ client: 'cora', at: 9_100 });
      });
      expect(findings).toEqual([]);
    });

    it('an edit that did not reach a client', () => {
      const rules = rulesWhen((round) => {
        const line = parts(round).customer.entries.find(({ messageId }) => messageId === 'message-5');
        if (line) line.body = 'Try it now';
      });
      expect(rules).toEqual(['every list equals the record']);
    });

    it('an event that one client never applied', () => {
      const rules = rulesWhen((round) => {
        const { customer } = parts(round);
        customer.applied.pop();
        customer.cursor -= 1;
      });
      expect(rules).toEqual(['every list equals the record']);
    });
  });

  describe('catches what is there twice:', () => {
    it('a message stored under one id of its sender two times', () => {
      const rules = rulesWhen((round) => {
        const { messages } = parts(round).record.stored;
        const [first] = messages;
        if (first) messages.push({ ...first, id: 'message-1-again' });
      });
      expect(rules).toContain('nothing is there twice');
    });

    it('a message with two events of its creation', () => {
      const rules = rulesWhen((round) => {
        const { events } = parts(round).record;
        const doubled = events.public[1];
        if (doubled) events.public.push({ ...doubled, seq: events.public.length + 1 });
      });
      expect(rules).toContain('nothing is there twice');
    });

    it('a line that a client shows two times', () => {
      const rules = rulesWhen((round) => {
        const { entries } = parts(round).agent;
        const [first] = entries;
        if (first) entries.splice(1, 0, first);
      });
      expect(rules).toEqual(['every list equals the record']);
    });
  });

  describe('catches what is out of order:', () => {
    it('two messages of one sender that changed places', () => {
      const findings = findingsWhen((round) => {
        const [first, later] = round.handed.filter(({ client }) => client === 'cora');
        if (first && later) [first.at, later.at] = [later.at, first.at];
      });
      expect(findings).toEqual([
        { rule: "each sender's order is kept", what: expect.stringContaining('"It is broken" stands before') },
      ]);
    });

    it('but not one that was refused, and sent once more later', () => {
      const findings = findingsWhen((round) => {
        const refused = round.handed.find(({ clientMsgId }) => clientMsgId === 'client-4');
        if (!refused) return;
        round.handed.push({ ...refused, at: 200_000 });
        refused.at = -1;
        round.refused.push({ at: 100, client: 'cora', clientMsgId: 'client-4', code: 'ticket_closed' });
      });
      expect(findings).toEqual([]);
    });

    it('an early try of a refused message that is stored although nobody pressed Retry', () => {
      const findings = findingsWhen((round) =>
        round.refused.push({ at: 5_000, client: 'cora', clientMsgId: 'client-4', code: 'ticket_closed' }),
      );
      expect(findings).toMatchObject([{ rule: 'what was refused is not stored before Retry' }]);
    });

    it('two lines that changed places on one screen', () => {
      const rules = rulesWhen((round) => {
        const { entries } = parts(round).customer;
        [entries[1], entries[2]] = [entries[2] as never, entries[1] as never];
      });
      expect(rules).toEqual(['every list equals the record']);
    });

    it('a list that was built with a step back', () => {
      const rules = rulesWhen((round) => parts(round).customer.applied.splice(1, 2, 3, 2));
      expect(rules).toEqual(['every list equals the record']);
    });
  });

  describe('catches files that are not with their message:', () => {
    const theMessage = (round: Round) => parts(round).record.stored.messages.find(({ id }) => id === 'message-4');

    it.each([0, 2])('%d where one was sent', (files) => {
      const rules = rulesWhen((round) => Object.assign(theMessage(round) ?? {}, { files }));
      expect(rules).toEqual(['a message has exactly its files']);
    });

    it('one that is bound, but not shown', () => {
      const rules = rulesWhen((round) => {
        for (const event of parts(round).record.events.staff)
          if (messageIdOf(event) === 'message-4' && 'message' in event.data) event.data.message.attachments?.pop();
      });
      expect(rules).toEqual(['a message has exactly its files']);
    });
  });

  describe('catches gaps:', () => {
    it('a number that the public history leaves out', () => {
      const rules = rulesWhen((round) => {
        const last = parts(round).record.events.public.at(-1);
        if (last) last.seq += 1;
      });
      expect(rules).toContain('the record is dense and the same for both audiences');
    });

    it('a stored public number that notes have moved', () => {
      const rules = rulesWhen((round) => {
        for (const event of parts(round).record.stored.events)
          if (event.publicSeq !== null) event.publicSeq = event.staffSeq;
      });
      expect(rules).toContain('the record is dense and the same for both audiences');
    });

    it('a counter that is ahead of what is stored', () => {
      const rules = rulesWhen((round) => (parts(round).record.stored.publicSeq += 1));
      expect(rules).toEqual(['the record is dense and the same for both audiences']);
    });

    it('an event without its message', () => {
      const rules = rulesWhen((round) => parts(round).record.stored.messages.splice(2, 1));
      expect(rules).toContain('nothing is there twice');
    });
  });

  describe('catches what never was:', () => {
    it('an event that was heard but is not in the record', () => {
      const rules = rulesWhen((round) => {
        round.heard.push({
          client: 'cora',
          audience: 'public',
          ticketId: TICKET,
          seq: 7,
          id: 'event-x',
          type: 'message.created',
        });
      });
      expect(rules).toEqual(['nothing was heard that is not in the record']);
    });

    it('an event that was heard at another number', () => {
      const rules = rulesWhen((round) => {
        const [first, second] = round.heard;
        if (first && second) [first.seq, second.seq] = [second.seq, first.seq];
      });
      expect(rules).toEqual(['nothing was heard that is not in the record']);
    });

    it('a head above the end of the history', () => {
      const rules = rulesWhen((round) =>
        round.heads.push({ client: 'cora', audience: 'public', ticketId: TICKET, seq: 7 }),
      );
      expect(rules).toEqual(['nothing was heard that is not in the record']);
    });
  });

  describe('catches what betrays a note:', () => {
    it.each([
      ['its words', 'He never says since when'],
      ['its id', 'message-3'],
      ['the id its sender gave it', 'client-3'],
      ['the id of its event', 'event-4'],
    ])('%s in anything that reached a customer', (_what, secret) => {
      const findings = findingsWhen((round) => {
        round.overheard.push({ client: 'cora', source: 'GET /api/tickets', text: `[{"x":"${secret}"}]` });
      });
      expect(findings).toEqual([
        { rule: 'nothing of a note was heard by a customer', what: `cora got "${secret}" in GET /api/tickets` },
      ]);
    });

    it.each([
      ['the ETag and version', { etag: '"2"', version: 2 }],
      ['the last message', { lastMessage: 'He never says since when' }],
      ['the counts', { counts: '{"all":2}' }],
      ['the order of the list', { order: '1002,1001' }],
    ])('%s, when it moves between two looks at the same place', (_what, change) => {
      const rules = rulesWhen((round) => {
        const [probe] = round.probes;
        if (probe) Object.assign(probe, change);
      });
      expect(rules).toEqual(['no number betrays a note']);
    });

    it('a time of the last change that is not exactly that of the last public event', () => {
      const rules = rulesWhen((round) => {
        for (const probe of round.probes) probe.updatedAt = probe.updatedAt.replace('.000Z', '.001Z');
      });
      expect(rules).toEqual(['no number betrays a note']);
    });

    it('the time of the last change, when it is that of a note', () => {
      const rules = rulesWhen((round) => {
        for (const probe of round.probes) probe.updatedAt = '2026-03-02T09:04:00.000Z';
      });
      expect(rules).toEqual(['no number betrays a note']);
    });

    it('an unread count that counts it', () => {
      const rules = rulesWhen((round) => {
        const [participant] = parts(round).record.stored.participants;
        if (participant) Object.assign(participant, { readPublicSeq: 2, unread: 3 });
      });
      expect(rules).toEqual(['no number betrays a note']);
    });

    it('a number that moves while only notes are written', () => {
      const rules = rulesWhen((round) => {
        const [silence] = round.silences;
        if (silence) silence.after.unread += 1;
      });
      expect(rules).toEqual(['no number betrays a note']);
    });

    it('a push while only notes are written', () => {
      const rules = rulesWhen((round) => {
        round.silences[0]?.pushed.push('unread {"tickets":1,"notifications":0}');
      });
      expect(rules).toEqual(['no number betrays a note']);
    });
  });
});

const aMessageInTheOutbox = (): Round['handed'][number] => ({
  at: 9_000,
  client: 'cora',
  authorId: 'cora',
  ticketId: TICKET,
  clientMsgId: 'client-9',
  kind: 'chat',
  body: 'Hello?',
  files: 0,
  by: 'outbox',
});
