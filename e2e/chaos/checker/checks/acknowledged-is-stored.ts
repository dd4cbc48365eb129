import type { Acknowledged, AcknowledgedChange, Observations } from '../observations';
import { conversationOf, isMessageEvent } from '../record';

/** Every acknowledgement names an event that the record has, at the number it named. */
export const acknowledgedIsStored = (observed: Observations): string[] => [
  ...observed.acknowledged.flatMap((answer) => lost(observed, answer, 'message.created')),
  ...observed.changed.flatMap((answer) => lost(observed, answer, answer.type)),
];

function lost(observed: Observations, answer: Acknowledged | AcknowledgedChange, type: string): string[] {
  const { client, audience, ticketId, messageId, seq } = answer;
  const event = conversationOf(observed, ticketId).events[audience].find((candidate) => candidate.seq === seq);
  const isThere = event && isMessageEvent(event) && event.type === type && event.data.message.id === messageId;
  if (isThere) return [];
  const found = event ? `${event.type} ${event.id}` : 'nothing';
  return [
    `${client} was told that ${type} of message ${messageId} is number ${seq} of #${ticketId}; there is ${found}`,
  ];
}
