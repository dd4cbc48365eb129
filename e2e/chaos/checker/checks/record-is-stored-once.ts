import type { ConversationRecord, Observations } from '../observations';
import { audienceNames, isMessageEvent } from '../record';

/** No id of a sender made two messages, no message has two events of its creation, and no row stands alone. */
export const recordIsStoredOnce = (observed: Observations): string[] => {
  const sent = observed.conversations.flatMap(({ stored }) =>
    stored.messages.map(({ authorId, clientMsgId }) => `${authorId}/${clientMsgId}`),
  );
  return [
    ...repeated(sent).map((key) => `the id ${key} is stored more than once`),
    ...observed.conversations.flatMap(doubledEvents),
    ...observed.conversations.flatMap(loneRows),
  ];
};

const doubledEvents = (record: ConversationRecord): string[] =>
  audienceNames.flatMap((audience) => {
    const events = record.events[audience];
    const created = events.flatMap((event) =>
      isMessageEvent(event) && event.type === 'message.created' ? [event.data.message.id] : [],
    );
    return [...repeated(created), ...repeated(events.map(({ id }) => id))].map(
      (id) => `${id} is more than once in the ${audience} history of #${record.ticketId}`,
    );
  });

function loneRows({ ticketId, stored }: ConversationRecord): string[] {
  const created = stored.events.filter(({ type }) => type === 'message.created').map(({ messageId }) => messageId);
  const messages = stored.messages.map(({ id }) => id);
  return [
    ...messages.filter((id) => !created.includes(id)).map((id) => `message ${id} of #${ticketId} has no event`),
    ...created
      .filter((id) => !messages.includes(id ?? ''))
      .map((id) => `an event of #${ticketId} has no message ${id}`),
  ];
}

const repeated = (keys: readonly string[]): string[] => [
  ...new Set(keys.filter((key, index) => keys.indexOf(key) !== index)),
];
