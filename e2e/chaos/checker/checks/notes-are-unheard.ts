import type { ConversationRecord, Observations } from '../observations';

/** No text that reached a customer holds the words, the ids or the events of what is for staff only. */
export const notesAreUnheard = (observed: Observations): string[] => {
  const secrets = secretsOf(observed);
  return [
    ...new Set(
      observed.overheard.flatMap(({ client, source, text }) =>
        secrets.filter((secret) => text.includes(secret)).map((secret) => `${client} got "${secret}" in ${source}`),
      ),
    ),
  ];
};

function secretsOf(observed: Observations): string[] {
  const written = observed.handed
    .filter(({ kind }) => kind === 'note')
    .flatMap(({ body, clientMsgId }) => [body, clientMsgId]);
  return [...new Set([...written, ...observed.conversations.flatMap(secretIds)])];
}

const secretIds = ({ stored }: ConversationRecord): string[] => [
  ...stored.events.filter(({ publicSeq }) => publicSeq === null).map(({ id }) => id),
  ...stored.messages.filter(({ kind }) => kind === 'note').map(({ id }) => id),
];
