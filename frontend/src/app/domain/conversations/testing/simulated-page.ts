import type { WireUserRef } from '@parley/socket-events';
import { ConversationEngine } from '../engine/conversation-engine';
import type { Locks } from '../engine/locks';
import { Outbox } from '../engine/outbox';
import type { OutboxStore } from '../engine/outbox-store';
import type { Timers } from '../engine/timers';
import { FakeBrowser, FakeUploads } from './an-outbox';
import type { SeededRandom } from './random';
import type { SimulatedServer } from './simulated-server';
import { UnreliableNetwork } from './unreliable-network';

/** What all tabs of a person share. */
export interface SimulatedBrowser {
  readonly person: WireUserRef;
  readonly disk: OutboxStore;
  readonly line: FakeBrowser;
  /** A new one for each tab plays a browser without locks between tabs. */
  locks(): Locks;
}

export interface Surroundings {
  readonly server: SimulatedServer;
  readonly timers: Timers;
  readonly random: SeededRandom;
}

const TICKET_ID = 1001;

/** One tab with the ticket open. */
export class SimulatedPage {
  readonly network: UnreliableNetwork;
  readonly outbox: Outbox;
  readonly engine: ConversationEngine;

  constructor(
    readonly browser: SimulatedBrowser,
    { server, timers, random }: Surroundings,
  ) {
    const { person, disk, line } = browser;
    this.network = new UnreliableNetwork(server, person, timers, random);
    const { live, rest } = this.network;
    this.outbox = new Outbox({
      ...{ userId: person.id, store: disk, locks: browser.locks(), tabs: line.tab(), live, rest, timers },
      uploads: new FakeUploads(),
      newId: () => `unnamed-${random.below(1_000_000)}`,
      isSignedIn: () => true,
    });
    this.engine = new ConversationEngine({ ticketId: TICKET_ID, outbox: this.outbox, live, rest, timers });
    void this.outbox.start();
    this.engine.start();
    this.network.connect();
  }

  /** The page is gone from one moment to the next. */
  crash(): void {
    this.engine.close();
    this.outbox.stop();
    this.network.close();
    this.network.disconnect();
  }
}
