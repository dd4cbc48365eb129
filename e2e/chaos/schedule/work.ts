import { setTimeout as pause } from 'node:timers/promises';
import type { WireMessageKind } from '@parley/socket-events';
import { TransportError } from '../../../frontend/src/app/domain/conversations/engine/transport';
import type { Tab } from '../clients/tab';
import type { Random } from '../random';
import { openTabs, type Stage } from '../stage';
import { newFile } from './files';

const EVERY_MS = 120;
const REOPENED_AFTER_MS = 1_500;
const HELD_MS = 800;
const STATUSES = ['open', 'in_progress', 'resolved', 'closed'] as const;

type Deed = (tab: Tab, ticketId: number) => void | Promise<void>;

/** What people do all the time, each as often as its number says. */
export class Work {
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly random: Random;
  private readonly underWay = new Set<Promise<void>>();
  private words = 0;
  /** What escaped although a refusal would have been in order. */
  readonly escapes: string[] = [];

  private readonly deeds: readonly [number, Deed][] = [
    [50, (tab, ticketId) => this.write(tab, ticketId, 'chat')],
    [6, (tab, ticketId) => this.write(tab, ticketId, 'comment')],
    [16, (tab, ticketId) => this.write(tab, ticketId, tab.isStaff ? 'note' : 'chat')],
    [8, (tab, ticketId) => this.sendFile(tab, ticketId)],
    [6, (tab, ticketId) => tab.sendTwice(ticketId, 'chat', this.newWords('chat', tab))],
    [8, (tab, ticketId) => this.editOne(tab, ticketId)],
    [3, (tab, ticketId) => this.removeOne(tab, ticketId)],
    [8, (tab, ticketId) => tab.engine(ticketId).markRead(tab.engine(ticketId).snapshot.cursor)],
    [4, (tab, ticketId) => this.keepUnread(tab, ticketId)],
    [3, (tab, ticketId) => this.setStatus(tab, ticketId)],
    [3, (tab, ticketId) => this.setTags(tab, ticketId)],
    [3, (tab, ticketId) => this.claimOrRelease(tab, ticketId)],
    [3, (tab) => tab.retryFailed()],
  ];

  constructor(private readonly stage: Stage) {
    this.random = stage.random.fork();
  }

  start(): void {
    this.timer = setInterval(() => this.doSomething(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Resolves when nothing that was begun is under way any more. */
  async ended(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }

  private doSomething(): void {
    const tabs = openTabs(this.stage);
    if (tabs.length === 0) return;
    const tab = this.random.pick(tabs);
    const ticketId = this.random.pick([...tab.engines.keys()]);
    const deed = this.chooseDeed();
    const done = Promise.race([Promise.resolve(deed(tab, ticketId)), tab.closes])
      .catch((error: unknown) => this.refused(tab, error))
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }

  private chooseDeed(): Deed {
    let left = this.random.next() * this.deeds.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, deed] of this.deeds) if ((left -= weight) < 0) return deed;
    throw new Error('The weights do not add up.');
  }

  /** Bad weather refuses a lot; what is no refusal is a fault of the client. */
  private refused(tab: Tab, error: unknown): void {
    if (error instanceof TransportError && error.code !== 'internal') return;
    this.escapes.push(`${tab.name} met ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  private write(tab: Tab, ticketId: number, kind: WireMessageKind): void {
    tab.send(ticketId, kind, this.newWords(kind, tab), { ...(this.random.chance(0.05) && { holdMs: HELD_MS }) });
  }

  private sendFile(tab: Tab, ticketId: number): void {
    const kind = tab.isStaff && this.random.chance(0.3) ? 'note' : 'chat';
    tab.send(ticketId, kind, this.newWords(kind, tab), { files: [newFile(this.words)] });
  }

  /** As from a list: the page that shows the ticket goes on marking what it shows as read. */
  private async keepUnread(tab: Tab, ticketId: number): Promise<void> {
    const { cursor } = tab.engine(ticketId).snapshot;
    if (cursor > 0) await tab.rest.markUnread(ticketId, this.random.between(1, cursor));
  }

  private newWords(kind: WireMessageKind, tab: Tab): string {
    this.words += 1;
    return `${kind} ${this.words} of ${tab.name}`;
  }

  private async editOne(tab: Tab, ticketId: number): Promise<void> {
    const message = this.ownMessage(tab, ticketId);
    if (message) await tab.engine(ticketId).edit(message.id, `${message.body ?? ''}, edited`);
  }

  private async removeOne(tab: Tab, ticketId: number): Promise<void> {
    const message = this.ownMessage(tab, ticketId);
    if (message) await tab.engine(ticketId).remove(message.id);
  }

  private ownMessage(tab: Tab, ticketId: number) {
    const own = tab
      .engine(ticketId)
      .snapshot.entries.flatMap((entry) =>
        entry.type === 'message' && entry.message.author.id === tab.person.id && !entry.message.removedAt
          ? [entry.message]
          : [],
      );
    return own.length > 0 ? this.random.pick(own.slice(-5)) : undefined;
  }

  private async setStatus(tab: Tab, ticketId: number): Promise<void> {
    const status = this.random.pick(STATUSES);
    await tab.session.call('PUT', `/api/tickets/${ticketId}/status`, { status });
    if (status !== 'closed') return;
    await pause(REOPENED_AFTER_MS);
    const staff = openTabs(this.stage).find(({ isStaff }) => isStaff);
    await staff?.session.call('PUT', `/api/tickets/${ticketId}/status`, { status: 'open' });
  }

  private async setTags(tab: Tab, ticketId: number): Promise<void> {
    if (!tab.isStaff) return;
    const tags = [`tag-${this.random.between(1, 99)}`];
    await tab.session.call('PATCH', `/api/tickets/${ticketId}`, { tags });
  }

  private async claimOrRelease(tab: Tab, ticketId: number): Promise<void> {
    if (!tab.isStaff) return;
    if (this.random.chance(0.5)) await tab.session.call('POST', `/api/tickets/${ticketId}/claim`);
    else await tab.session.call('DELETE', `/api/tickets/${ticketId}/assignee`);
  }
}
