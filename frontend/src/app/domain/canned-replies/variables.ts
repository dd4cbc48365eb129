import { Ticket, UserRef } from '../../core/api/models';

/** What `{{customer.name}}` and the like in a canned reply stand for, in words for those who write one. */
export const VARIABLES = {
  customer: { name: 'the customer’s name', firstName: 'the customer’s first name' },
  ticket: { number: 'the number, such as #1042', subject: 'the subject' },
  agent: { name: 'your name', firstName: 'your first name' },
} as const;

type Values = { [thing in keyof typeof VARIABLES]: Record<keyof (typeof VARIABLES)[thing], string> };

export type FilledFrom = Pick<Ticket, 'id' | 'subject'> & { requester: Pick<UserRef, 'name'> };

/** Puts in what is known; what is not stays as a mark, to be filled in by hand. */
export function filled(body: string, ticket: FilledFrom, agent: Pick<UserRef, 'name'>): string {
  const values: Values = {
    customer: namesOf(ticket.requester),
    ticket: { number: `#${ticket.id}`, subject: ticket.subject },
    agent: namesOf(agent),
  };
  const known = new Map<string, string>(
    Object.entries(values).flatMap(([thing, fields]) =>
      Object.entries(fields).map(([name, value]) => [`${thing}.${name}`, value] as const),
    ),
  );
  return body.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (mark, name: string) => known.get(name) || mark);
}

const namesOf = ({ name }: Pick<UserRef, 'name'>): Values['agent'] => ({
  name: name.trim(),
  firstName: name.trim().split(/\s+/u)[0] ?? '',
});
