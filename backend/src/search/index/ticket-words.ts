import { eachWord } from '../words/tokens';
import { FIELD, SUBJECT_SIGN } from './fields';
import { fieldOfFile, fieldOfMessage, type Head, type Named, type Said } from './ticket-texts';

type Add = (word: string, field: number) => void;

/** Tells all words of a ticket's head, those of the subject also under their sign. */
export function wordsOfHead({ subject, description, name, email }: Head, add: Add): void {
  eachWord(subject, (word) => {
    add(word, FIELD.subject);
    add(SUBJECT_SIGN + word, FIELD.subject);
  });
  eachWord(description, (word) => add(word, FIELD.description));
  eachWord(name, (word) => add(word, FIELD.name));
  eachWord(email, (word) => add(word, FIELD.email));
}

export function wordsOfMessage({ kind, body }: Pick<Said, 'kind' | 'body'>, add: Add): void {
  const field = fieldOfMessage(kind);
  eachWord(body, (word) => add(word, field));
}

export function wordsOfFile({ kind, filename }: Pick<Named, 'kind' | 'filename'>, add: Add): void {
  const field = fieldOfFile(kind);
  eachWord(filename, (word) => add(word, field));
}

/** The words of one ticket, with the fields they stand in. */
export class TicketWords {
  readonly fields = new Map<string, number>();

  readonly add: Add = (word, field) => void this.fields.set(word, (this.fields.get(word) ?? 0) | field);
}
