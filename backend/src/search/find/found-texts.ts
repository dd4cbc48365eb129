import { Injectable } from '@nestjs/common';
import { isStaff, type Actor } from '../../access';
import type { SearchWords, TicketMatch } from '../../tickets';
import { TicketTexts } from '../index/ticket-texts';
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
    const passing = new Set<number>();
    for (const [number, heads] of await this.heads(actor, numbers)) {
      let left = checks.filter((check) => !heads.some(({ text }) => passes(text, check)));
      for await (const said of this.said(actor, number, Infinity)) {
        if (!left.length) break;
        left = left.filter((check) => !said.some(({ text }) => passes(text, check)));
      }
      if (!left.length) passing.add(number);
    }
    return passing;
  }

  /** The line of each ticket that shows most of the words; the first one in the order of the fields, of messages the newest. */
  async matches(actor: Actor, words: SearchWords, numbers: readonly number[]): Promise<Map<number, TicketMatch>> {
    const terms = words.terms.filter(({ isOfPerson }) => !isOfPerson);
    if (!terms.length) return new Map();
    const matches = new Map<number, TicketMatch>();
    for (const [number, heads] of await this.heads(actor, numbers)) {
      let best: { match: TicketMatch; shown: number } | null = null;
      const look = (texts: readonly Text[]): boolean => {
        for (const { field, text } of texts) {
          const found = excerptOf(text, terms);
          if (found && found.shown > (best?.shown ?? 0))
            best = { match: { field, excerpt: found.excerpt }, shown: found.shown };
        }
        return best?.shown === terms.length;
      };
      if (!look(heads)) for await (const said of this.said(actor, number, MOST_MESSAGES)) if (look(said)) break;
      const found = best as { match: TicketMatch } | null;
      if (found) matches.set(number, found.match);
    }
    return matches;
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

  private async *said(actor: Actor, number: number, most: number): AsyncGenerator<Text[]> {
    let before = Number.MAX_SAFE_INTEGER;
    for (let read = 0; read < most; read += PAGE) {
      const said = await this.texts.saidBefore(number, before, PAGE);
      yield said
        .filter(({ kind }) => kind !== 'note' || isStaff(actor))
        .map(({ kind, body }) => ({ field: kind === 'note' ? 'note' : 'message', text: body }) as const);
      if (said.length < PAGE) return;
      before = said[said.length - 1].staffSeq;
    }
  }
}
