import { Injectable } from '@nestjs/common';
import { NotFound } from '../common';
import { Statements, type SqlValue } from '../database';
import { headOf, streamOf, type Audience } from './audience';
import { Conversation } from './conversation.entity';
import { ConversationsService } from './conversations.service';
import type { MessageDto, TimelineEventDto } from './dto/conversation.dto';
import { Message } from './message.entity';
import { TimelineEntry } from './timeline-entry.entity';
import { TimelineRenderer, type FileAddresses } from './timeline.renderer';

/** How many events one answer holds at most. */
export const TIMELINE_PAGE = 200;
/** And how much text, so that an answer alone does not fill the buffer of a socket. */
const PAGE_CHARACTERS = 200_000;

export interface TimelineReader {
  audience: Audience;
  files: FileAddresses;
}

export interface TimelinePage {
  stream: string;
  head: number;
  events: TimelineEventDto[];
  hasMore: boolean;
  reset?: true;
}

interface Range {
  after?: number;
  before?: number;
  limit: number;
}

/** Reads the timeline of a ticket in the numbering of one audience. Rights are asked before. */
@Injectable()
export class TimelineService {
  constructor(
    private readonly statements: Statements,
    private readonly conversations: ConversationsService,
    private readonly renderer: TimelineRenderer,
  ) {}

  /**
   * The events after `after`, oldest first. When `stream` does not fit, or `after` is above the head, the reader's
   * numbering is no longer ours: `reset`, and events from 0.
   */
  async since(
    ticketNumber: number,
    reader: TimelineReader,
    { after, stream, limit = TIMELINE_PAGE }: { after: number; stream?: string; limit?: number },
  ): Promise<TimelinePage> {
    const conversation = await this.find(ticketNumber);
    const head = headOf(reader.audience, conversation);
    const current = streamOf(reader.audience, conversation);
    const isReset = after > head || (stream !== undefined && stream !== current);
    const isUpToDate = after === head && !isReset;
    const entries = isUpToDate
      ? []
      : await this.entries(ticketNumber, reader.audience, { after: isReset ? 0 : after, limit: limit + 1 });
    const events = fitting(await this.renderer.events(entries.slice(0, limit), reader.audience, reader.files));
    return { stream: current, head, events, hasMore: entries.length > events.length, ...(isReset && { reset: true }) };
  }

  /** The events nearest before `before`, oldest first. */
  async before(ticketNumber: number, reader: TimelineReader, before: number, limit: number): Promise<TimelinePage> {
    const conversation = await this.find(ticketNumber);
    const entries = await this.entries(ticketNumber, reader.audience, { before, limit: limit + 1 });
    const shown = entries.slice(0, limit).reverse();
    return {
      stream: streamOf(reader.audience, conversation),
      head: headOf(reader.audience, conversation),
      events: await this.renderer.events(shown, reader.audience, reader.files),
      hasMore: entries.length > limit,
    };
  }

  /** A page of the messages of the audience, oldest first, within the same numbers as events. */
  async messages(
    ticketNumber: number,
    reader: TimelineReader,
    { after, before, limit, kind }: Range & { kind?: Message['kind'] },
  ): Promise<{ messages: MessageDto[]; hasMore: boolean }> {
    const seq = reader.audience === 'staff' ? 'staffSeq' : 'publicSeq';
    const values: SqlValue[] = [ticketNumber, after ?? 0];
    if (before !== undefined) values.push(before);
    if (kind) values.push(kind);
    const rows = await this.statements.entities(
      Message,
      `WHERE ticketNumber = ? AND ${seq} > ? ${before === undefined ? '' : `AND ${seq} < ?`} ${kind ? 'AND kind = ?' : ''}
       ORDER BY ${seq} ${before === undefined ? 'ASC' : 'DESC'} LIMIT ${Math.trunc(limit) + 1}`,
      values,
    );
    const page = before === undefined ? rows.slice(0, limit) : rows.slice(0, limit).reverse();
    const messages = await this.renderer.messages(page, reader.audience, reader.files);
    return { messages, hasMore: rows.length > limit };
  }

  /** The last number of each ticket for each audience; few queries. */
  async heads(ticketNumbers: readonly number[]): Promise<Map<number, Record<Audience, number>>> {
    const rows = await this.statements.entitiesIn(Conversation, 'ticketNumber', ticketNumbers);
    return new Map(
      rows.map(({ ticketNumber, staffSeq, publicSeq }) => [ticketNumber, { staff: staffSeq, public: publicSeq }]),
    );
  }

  private async find(ticketNumber: number): Promise<Conversation> {
    const conversation = await this.conversations.find(ticketNumber);
    if (!conversation) throw new NotFound(`Ticket #${ticketNumber}`);
    return conversation;
  }

  private entries(
    ticketNumber: number,
    audience: Audience,
    { after = 0, before, limit }: Range,
  ): Promise<TimelineEntry[]> {
    const seq = audience === 'staff' ? 'staffSeq' : 'publicSeq';
    const values: SqlValue[] = before === undefined ? [ticketNumber, after] : [ticketNumber, after, before];
    const rest = `WHERE ticketNumber = ? AND ${seq} > ? ${before === undefined ? '' : `AND ${seq} < ?`}
      ORDER BY ${seq} ${before === undefined ? 'ASC' : 'DESC'} LIMIT ${Math.trunc(limit)}`;
    return this.statements.entities(TimelineEntry, rest, values);
  }
}

/** The first of the events, as many as fit into one answer; at least one. */
function fitting(events: TimelineEventDto[]): TimelineEventDto[] {
  let characters = 0;
  const end = events.findIndex(({ data }, index) => {
    characters += (data.message as MessageDto | undefined)?.body?.length ?? 0;
    return index > 0 && characters > PAGE_CHARACTERS;
  });
  return end === -1 ? events : events.slice(0, end);
}
