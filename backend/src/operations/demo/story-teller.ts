import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access';
import { AttachmentsService, FileReceiver, type ReceivedFile } from '../../attachments';
import { CategoriesService } from '../../categories';
import { ChatService } from '../../chat';
import { newId } from '../../common';
import { UnitOfWork } from '../../database';
import { AssignmentService, TicketCreationService, TicketsService } from '../../tickets';
import { DEMO_FILES, type DemoFileName } from './demo-files';
import type { DemoPersonKey } from './demo-people';
import type { Story, StoryStep, TimedStep } from './story';
import type { StoryClock } from './story-clock';

export type Cast = Record<DemoPersonKey, Actor>;

type Act = () => Promise<void>;

const ANY_VERSION = undefined;
const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** Plays stories through the same services that people use, so that every counter, event and notice is true. */
@Injectable()
export class StoryTeller {
  constructor(
    private readonly creation: TicketCreationService,
    private readonly tickets: TicketsService,
    private readonly assignment: AssignmentService,
    private readonly chat: ChatService,
    private readonly categories: CategoriesService,
    private readonly attachments: AttachmentsService,
    private readonly receiver: FileReceiver,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Tells all of them side by side, in the order of time, ending at `today`. */
  async tell(cast: Cast, stories: readonly Story[], clock: StoryClock, today: Date): Promise<void> {
    const acts = stories.flatMap((story) => this.actsOf(cast, story, today));
    for (const { at, act } of acts.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
      clock.moveTo(at);
      await act();
    }
  }

  private actsOf(cast: Cast, story: Story, today: Date): { at: Date; act: Act }[] {
    let minutes = -story.hoursAgo * 60;
    let ticketId: number;
    const at = (): Date => new Date(Math.min(today.getTime() + minutes * 60_000, today.getTime()));
    const opening = { at: at(), act: async () => void (ticketId = await this.open(cast, story)) };
    const further = story.steps.map((step) => {
      minutes += step.after;
      return { at: at(), act: () => this.take(cast, ticketId, step) };
    });
    return [opening, ...further];
  }

  private async open(cast: Cast, story: Story): Promise<number> {
    const { requester, subject, description, category, priority, files = [] } = story;
    const actor = cast[requester];
    const categoryId = (await this.categories.list(actor, false)).find(({ name }) => name === category)?.id;
    const received = await Promise.all(files.map((file) => this.receive(file)));
    try {
      const ticket = await this.creation.create(actor, { subject, description, categoryId, priority }, received);
      return ticket.number;
    } finally {
      await this.receiver.discard(received);
    }
  }

  private async take(cast: Cast, ticketId: number, step: TimedStep): Promise<void> {
    const actor = cast[step.by];
    switch (step.do) {
      case 'say':
        return this.say(actor, ticketId, step);
      case 'claim':
        return void (await this.assignment.claim(actor, ticketId));
      case 'release':
        return void (await this.assignment.release(actor, ticketId, ANY_VERSION));
      case 'assign':
        return void (await this.assignment.assign(actor, ticketId, cast[step.to].id, ANY_VERSION));
      case 'status':
        return void (await this.tickets.changeStatus(actor, ticketId, step.to, ANY_VERSION));
      case 'priority':
        return void (await this.tickets.changePriority(actor, ticketId, step.to, ANY_VERSION));
      case 'tags':
        return void (await this.tickets.update(actor, ticketId, { tags: step.to }, ANY_VERSION));
      case 'read':
        return this.chat.markRead(actor, ticketId, EVERYTHING);
    }
  }

  private async say(actor: Actor, ticketId: number, step: StoryStep & { do: 'say' }): Promise<void> {
    const attachmentIds: string[] = [];
    for (const file of step.files) attachmentIds.push(await this.stage(actor, ticketId, file));
    const { kind, body } = step;
    await this.chat.send(actor, { ticketId, clientMsgId: newId(), kind, body, attachmentIds }, 'plain');
  }

  private async stage(actor: Actor, ticketId: number, name: DemoFileName): Promise<string> {
    const received = await this.receive(name);
    try {
      const file = await this.attachments.prepare(received);
      const place = { uploaderId: actor.id, ticketNumber: ticketId, file };
      const { id } = await this.unitOfWork.run((tx) => this.attachments.stage(tx, place));
      return id;
    } finally {
      await this.receiver.discard([received]);
    }
  }

  private async receive(name: DemoFileName): Promise<ReceivedFile> {
    const { mediaType, bytes } = DEMO_FILES[name];
    return this.receiver.receive(Readable.from([await bytes()]), { field: 'attachments', name, mediaType });
  }
}
