import { uuidv7 } from 'uuidv7';
import type { WireMessageKind } from '@parley/socket-events';
import { ConversationEngine } from '../../../frontend/src/app/domain/conversations/engine/conversation-engine';
import { IndexedDbOutbox } from '../../../frontend/src/app/domain/conversations/engine/indexed-db-outbox';
import { Outbox } from '../../../frontend/src/app/domain/conversations/engine/outbox';
import type { OutgoingDraft } from '../../../frontend/src/app/domain/conversations/engine/outgoing-messages';
import type { Handed, View } from '../checker/observations';
import type { Random } from '../random';
import type { Recorder } from '../record/recorder';
import type { Browser } from './browser';
import { Life } from './life';
import { LiveConversations, type Transports } from './live';
import type { Person } from './people';
import { RestConversations } from './rest';
import { Session } from './session';
import { viewOf } from './view';
import { Witness } from './witness';

export interface TabOptions {
  readonly name: string;
  readonly person: Person;
  readonly browser: Browser;
  readonly ticketIds: readonly number[];
  readonly transports: Transports;
  readonly random: Random;
  readonly recorder: Recorder;
}

/** One page of one person with the real engine in it, looking at its tickets. */
export class Tab {
  readonly name: string;
  readonly person: Person;
  readonly session: Session;
  readonly witness: Witness;
  readonly live: LiveConversations;
  readonly rest: RestConversations;
  readonly outbox: Outbox;
  readonly engines: ReadonlyMap<number, ConversationEngine>;
  private readonly life: Life;
  private readonly applied = new Map<number, number[]>();

  constructor(readonly options: TabOptions) {
    const { name, person, browser, ticketIds, transports, random, recorder } = options;
    this.name = name;
    this.person = person;
    this.life = new Life(() => random.next());
    this.session = new Session(browser, person, this.life);
    this.witness = new Witness(recorder, name, person, () => this.session.token !== null);
    this.live = new LiveConversations(browser.link.origin, transports, this.session, this.witness, this.life);
    this.rest = new RestConversations(this.session, this.witness);
    this.outbox = this.openOutbox();
    this.engines = new Map(ticketIds.map((ticketId) => [ticketId, this.openTicket(ticketId)]));
  }

  get isOpen(): boolean {
    return !this.life.isOver;
  }

  get isStaff(): boolean {
    return this.person.role !== 'customer';
  }

  /** Resolves when the page is gone. */
  get closes(): Promise<void> {
    return this.life.over;
  }

  /** Opens the page; it becomes usable as soon as the server lets it. */
  open(): void {
    void this.load();
  }

  /** Ends it in mid-flight: what was in memory alone is lost. */
  crash(): void {
    this.life.end();
    this.live.abandon();
    this.options.recorder.crashes.push({ client: this.name, at: this.options.recorder.now });
  }

  /** Writes a message and presses Send. */
  send(
    ticketId: number,
    kind: WireMessageKind,
    body: string,
    { holdMs, files = [] }: Partial<Pick<OutgoingDraft, 'holdMs' | 'files'>> = {},
  ): void {
    const { clientMsgId } = this.engine(ticketId).send({ kind, body, files, ...(holdMs && { holdMs }) });
    this.hand(ticketId, { clientMsgId, kind, body, files: files.length }, 'outbox');
  }

  /** Presses Retry at whatever was refused. */
  retryFailed(): void {
    for (const { ticketId, clientMsgId, kind, body, files, state } of this.outbox.pending()) {
      if (state !== 'failed') continue;
      this.hand(ticketId, { clientMsgId, kind, body, files: files.length }, 'outbox');
      void this.outbox.retry(clientMsgId);
    }
  }

  /** Sends one message over both transports at once, past the outbox. */
  async sendTwice(ticketId: number, kind: WireMessageKind, body: string): Promise<void> {
    const clientMsgId = uuidv7();
    this.hand(ticketId, { clientMsgId, kind, body, files: 0 }, 'direct');
    const message = { ticketId, clientMsgId, kind, body };
    await Promise.allSettled([this.live.send(message), this.rest.send(message), this.live.send(message)]);
  }

  engine(ticketId: number): ConversationEngine {
    const engine = this.engines.get(ticketId);
    if (!engine) throw new Error(`${this.name} does not look at ticket ${ticketId}.`);
    return engine;
  }

  views(): View[] {
    return [...this.engines].map(([ticketId, { snapshot }]) =>
      viewOf(this, ticketId, snapshot, this.applied.get(ticketId) ?? []),
    );
  }

  private async load(): Promise<void> {
    await this.session.start();
    await this.outbox.start();
    for (const engine of this.engines.values()) engine.start();
    this.live.connect();
  }

  private openOutbox(): Outbox {
    const { person, browser } = this.options;
    const { life, session, live, rest } = this;
    const disk = new IndexedDbOutbox(browser.disk);
    return new Outbox({
      userId: person.id,
      store: {
        entries: (userId) => life.of(disk.entries(userId)),
        add: (entry) => life.of(disk.add(entry)),
        update: (userId, clientMsgId, change) => life.of(disk.update(userId, clientMsgId, change)),
      },
      locks: browser.locks.for(life),
      tabs: browser.channel.for(life),
      live,
      rest,
      uploads: rest,
      timers: life.timers,
      newId: uuidv7,
      isSignedIn: () => !life.isOver && session.token !== null,
    });
  }

  private openTicket(ticketId: number): ConversationEngine {
    const { live, rest, outbox } = this;
    const engine = new ConversationEngine({ ticketId, outbox, live, rest, timers: this.life.timers });
    engine.onEvent(({ seq }) => {
      if (seq === 1) this.applied.set(ticketId, []); // begun anew
      this.applied.get(ticketId)?.push(seq);
    });
    return engine;
  }

  private hand(
    ticketId: number,
    message: Pick<Handed, 'clientMsgId' | 'kind' | 'body' | 'files'>,
    by: Handed['by'],
  ): void {
    const { recorder } = this.options;
    recorder.handed.push({ at: recorder.now, client: this.name, authorId: this.person.id, ticketId, ...message, by });
  }
}
