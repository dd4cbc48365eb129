import { Attachment, TimelineEvent } from '../../../core/api/models';

/** Keeps the files of messages by message as events tell of them; answers whether anything changed. */
export function filesAfter(known: Map<string, readonly Attachment[]>, event: TimelineEvent): boolean {
  if (event.type === 'message.removed') return known.delete(event.data.message.id);
  if (event.type !== 'message.created') return false;
  const { id, attachments } = event.data.message;
  if (!attachments?.length) return false;
  known.set(id, attachments);
  return true;
}
