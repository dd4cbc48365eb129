import { Injectable } from '@nestjs/common';
import { isStaff, type Actor } from '../../access';
import type { SearchCheck, SearchWords, TicketMatch } from '../../tickets';
import { LATEST_MESSAGES, TicketTexts, type Said } from '../index/ticket-texts';
import { excerptOf } from './excerpt';
import { passes } from './search-words';

/** So many messages of a ticket are read at once, newest first, and at most. */
const PAGE = 100;
const MOST_MESSAGES = 1_000;

interface Text {
  field: TicketMatch['field'];
  text: string;
}

/** Reads the texts of tickets that were found, as far as somebody may read them. */
@Injectable()
export class FoundTexts {
  constructor(private readonly texts: TicketTexts) {}

  /** Those of the tickets that pass all checks, each in one of their texts. */
  async passing(actor: Actor, { checks }: SearchWords, numbers: readonly number[]): Promise<Set<number>> {
    if (!checks.length) return new Set(numbers);
    const left = new Map<number, readonly SearchCheck[]>();
    const passing = new Set<number>();
    const look = (number: number, texts: readonly Text[]): boolean => {
      const open = (left.get(number) ?? checks).filter((check) => !texts.some(({ text }) => passes(text, check)));
      left.set(number, open);
      if (!open.length) passing.add(number);
      return !open.length;
    };
    await this.lookThrough(actor, numbers, Infinity, look);
    return passing;
  }

  /** The line of each ticket that shows most of the words; the first one in the order of the fields, of messages the newest. */
  async matches(actor: Actor, words: SearchWords, numbers: readonly number[]): Promise<Map<number, TicketMatch>> {
    const terms = words.terms.filter(({ isOfPerson }) => !isOfPerson);
    if (!terms.length) return new Map();
    const best = new Map<number, { match: TicketMatch; shown: number }>();
    const look = (number: number, texts: readonly Text[]): boolean => {
      for (const { field, text } of texts) {
        const found = excerptOf(text, terms);
        if (found && found.shown > (best.get(number)?.shown ?? 0))
          best.set(number, { match: { field, excerpt: found.excerpt }, shown: found.shown });
      }
      return best.get(number)?.shown === terms.length;
    };
    await this.lookThrough(actor, numbers, MOST_MESSAGES, look);
    return new Map([...best].map(([number, { match }]) => [number, match]));
  }

  /** Shows the texts of each ticket, the most telling first and messages from the newest on, until enough were seen. */
  private async lookThrough(
    actor: Actor,
    numbers: readonly number[],
    most: number,
    look: (number: number, texts: readonly Text[]) => boolean,
  ): Promise<void> {
    const heads = await this.heads(actor, numbers);
    const open = [...heads].filter(([number, texts]) => !look(number, texts)).map(([number]) => number);
    const latest = open.length ? await this.texts.latestSaid(open) : [];
    for (const number of open) {
      let said = latest
        .filter(({ ticketNumber }) => ticketNumber === number)
        .toSorted((a, b) => b.staffSeq - a.staffSeq);
      let hasMore = said.length === LATEST_MESSAGES;
      for (let read = said.length; !look(number, textsOf(actor, said)) && hasMore && read < most; read += said.length) {
        said = await this.texts.saidBefore(number, said[said.length - 1].staffSeq, PAGE);
        hasMore = said.length === PAGE;
      }
    }
  }

  /** All but the messages, the most telling first. */
  private async heads(actor: Actor, numbers: readonly number[]): Promise<Map<number, Text[]>> {
    if (!numbers.length) return new Map();
    const [heads, files] = await Promise.all([this.texts.heads(numbers), this.texts.named(numbers)]);
    return new Map(
      heads.map(({ number, subject, description, name, email }) => [
        number,
        [
          { field: 'subject', text: subject },
          { field: 'person', text: name },
          ...(isStaff(actor) ? [{ field: 'person' as const, text: email }] : []),
          ...files
            .filter(({ ticketNumber, kind }) => ticketNumber === number && (kind !== 'note' || isStaff(actor)))
            .map(({ filename }) => ({ field: 'file' as const, text: filename })),
          { field: 'description', text: description },
        ] satisfies Text[],
      ]),
    );
  }
}

const textsOf = (actor: Actor, said: readonly Said[]): Text[] =>
  said
    .filter(({ kind }) => kind !== 'note' || isStaff(actor))
    .map(({ kind, body }) => ({ field: kind === 'note' ? 'note' : 'message', text: body }));
