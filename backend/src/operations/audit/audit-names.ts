import { Injectable } from '@nestjs/common';
import type { AuditItem } from '../../audit';
import { CategoriesService } from '../../categories';
import { MessagesService } from '../../conversations';
import { TagsService, TicketsService } from '../../tickets';
import { PeopleLoader, type People, type UserRefDto } from '../../users';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

type AuditedObject = NonNullable<AuditItem['object']>;

/** What entries name by ids, in the words of today: the log itself holds no names, so that people can be forgotten. */
export class KnownNames {
  constructor(
    private readonly people: People,
    private readonly subjects: ReadonlyMap<number, string>,
    private readonly ticketsOfMessages: ReadonlyMap<string, number>,
    private readonly categories: ReadonlyMap<string, { name: string }>,
    private readonly tags: ReadonlyMap<string, string>,
  ) {}

  person(id: string): UserRefDto {
    return this.people.find(id) ?? { id, name: 'Somebody who is gone', role: 'customer', online: false };
  }

  ofObject({ type, id }: AuditedObject): { name: string | null; ticketId: number | null } {
    const ticketId = this.ticketOf(type, id);
    if (ticketId !== null) return { name: this.subjects.get(ticketId) ?? null, ticketId };
    return { name: this.nameOf(type, id) ?? null, ticketId: null };
  }

  within(data: Record<string, unknown>): Record<string, string> {
    const named = idsIn(data).map((id) => [id, this.people.find(id)?.name] as const);
    return Object.fromEntries(named.filter((entry): entry is [string, string] => entry[1] !== undefined));
  }

  private nameOf(type: string, id: string): string | undefined {
    if (type === 'user') return this.people.find(id)?.name;
    return type === 'tag' ? this.tags.get(id) : this.categories.get(id)?.name;
  }

  private ticketOf(type: string, id: string): number | null {
    if (type === 'ticket') return Number.isSafeInteger(Number(id)) ? Number(id) : null;
    return type === 'message' ? (this.ticketsOfMessages.get(id) ?? null) : null;
  }
}

/** Looks up all that a page of the log names, with one query for each kind of thing. */
@Injectable()
export class AuditNames {
  constructor(
    private readonly people: PeopleLoader,
    private readonly tickets: TicketsService,
    private readonly messages: MessagesService,
    private readonly categories: CategoriesService,
    private readonly tags: TagsService,
  ) {}

  async of(items: readonly AuditItem[]): Promise<KnownNames> {
    const ids = (type: string): string[] => [
      ...new Set(items.flatMap(({ object }) => (object?.type === type ? [object.id] : []))),
    ];
    const ticketsOfMessages = await this.messages.ticketsOf(ids('message'));
    // Whoever is refused names what they like.
    const numbers = [...ids('ticket').map(Number).filter(Number.isSafeInteger), ...ticketsOfMessages.values()];
    const persons = items.flatMap(({ actorId, data }) => [actorId, ...idsIn(data)]);
    return new KnownNames(
      await this.people.load([...persons, ...ids('user')]),
      await this.tickets.subjectsOf([...new Set(numbers)]),
      ticketsOfMessages,
      await this.categories.refs(ids('category')),
      await this.tags.namesOf(ids('tag')),
    );
  }
}

const idsIn = (data: Record<string, unknown>): string[] =>
  Object.values(data).filter((value): value is string => typeof value === 'string' && ID.test(value));
