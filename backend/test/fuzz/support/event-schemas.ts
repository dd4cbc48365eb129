import type { ClientToServerEvents } from '../../../src/realtime';
import type { Schema } from './from-schema';

const ticketId: Schema = { type: 'integer', minimum: 1, maximum: 2_147_483_647 };
const seq: Schema = { type: 'integer', minimum: 0, maximum: 1_000 };
const uuid: Schema = { type: 'string', format: 'uuid' };
const kind: Schema = { enum: ['chat', 'comment', 'note'] };
const body: Schema = { type: 'string', minLength: 1, maxLength: 10_000 };

const fields = (properties: Record<string, Schema>, ...optional: string[]): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

/** What each event takes; the compiler asks for one here when the vocabulary grows. */
export const EVENT_SCHEMAS: Record<keyof ClientToServerEvents, Schema> = {
  'ticket:subscribe': fields({ ticketId, after: seq, stream: { type: 'string', maxLength: 100 } }, 'stream', 'after'),
  'ticket:sync': fields({ ticketId, after: seq, stream: { type: 'string', maxLength: 100 } }, 'stream', 'after'),
  'ticket:unsubscribe': fields({ ticketId }),
  'message:send': fields(
    { ticketId, clientMsgId: uuid, kind, body, attachmentIds: { type: 'array', items: uuid, maxItems: 5 } },
    'attachmentIds',
  ),
  'message:edit': fields({ ticketId, messageId: uuid, body }),
  'message:remove': fields({ ticketId, messageId: uuid }),
  'read:mark': fields({ ticketId, seq }),
  typing: fields({ ticketId, active: { type: 'boolean' }, kind }),
  'auth:refresh': fields({ token: { type: 'string', maxLength: 4_000 } }),
  'presence:set': fields({ state: { enum: ['online', 'away'] } }),
};
