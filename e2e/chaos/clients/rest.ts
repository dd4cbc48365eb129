import type { SendAnswer, SendRequest, SubscribeRequest, SyncAnswer, WireAttachment } from '@parley/socket-events';
import type { OutgoingFile } from '../../../frontend/src/app/domain/conversations/engine/outgoing-messages';
import type { RestTransport, Uploads } from '../../../frontend/src/app/domain/conversations/engine/transport';
import { granted, type HttpAnswer } from './http';
import type { Session } from './session';
import type { Witness } from './witness';

const PAGE = 100;

/** The REST twins of the socket over `fetch`, as the page has them. */
export class RestConversations implements RestTransport, Uploads {
  constructor(
    private readonly session: Session,
    private readonly witness: Witness,
  ) {}

  async events({ ticketId, after, stream }: SubscribeRequest): Promise<SyncAnswer> {
    const query = new URLSearchParams({ after: String(after), limit: String(PAGE), ...(stream && { stream }) });
    const answer = await this.call('GET', `/tickets/${ticketId}/events?${query}`);
    const events = granted(answer);
    this.witness.events(events);
    return {
      stream: answer.headers.get('Parley-Stream') ?? '',
      head: Number(answer.headers.get('Parley-Head') ?? 0),
      events,
      hasMore: /rel="?next"?/.test(answer.headers.get('Link') ?? ''),
      ...(answer.headers.get('Parley-Reset') === 'true' && { reset: true }),
    };
  }

  send({ ticketId, ...message }: SendRequest): Promise<SendAnswer> {
    const answer = this.call('POST', `/tickets/${ticketId}/messages`, message).then(granted);
    return this.witness.sending(message.clientMsgId, answer);
  }

  async edit(ticketId: number, messageId: string, body: string): Promise<{ seq: number }> {
    const answer = granted(await this.call('PATCH', `/tickets/${ticketId}/messages/${messageId}`, { body }));
    this.witness.changed(ticketId, messageId, answer.seq, 'message.edited');
    return answer;
  }

  async remove(ticketId: number, messageId: string): Promise<{ seq: number }> {
    const answer = granted(await this.call('DELETE', `/tickets/${ticketId}/messages/${messageId}`));
    this.witness.changed(ticketId, messageId, answer.seq, 'message.removed');
    return answer;
  }

  async markRead(ticketId: number, seq: number): Promise<void> {
    granted(await this.call('PUT', `/tickets/${ticketId}/read`, { seq }));
  }

  async markUnread(ticketId: number, seq: number): Promise<void> {
    granted(await this.call('PUT', `/tickets/${ticketId}/unread`, { seq }));
  }

  async upload(ticketId: number, { name, mediaType, blob }: OutgoingFile): Promise<WireAttachment> {
    const form = new FormData();
    if (blob) form.append('file', new Blob([blob], { type: mediaType }), name);
    return granted(await this.call('POST', `/tickets/${ticketId}/attachments`, form));
  }

  private async call(method: string, path: string, body?: unknown): Promise<HttpAnswer> {
    const answer = await this.session.call(method, `/api${path}`, body);
    this.witness.overhear(`${method} ${path}`, answer.body, Object.fromEntries(answer.headers));
    return answer;
  }
}
