import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Actor } from '../access';
import { RateLimits, Unauthenticated } from '../common';
import type { TimelinePage } from '../conversations';
import { AcknowledgedEvents, SocketAuthenticator, type ParleySocket } from '../realtime';
import { assertCan, assertMayNote, TicketsService } from '../tickets';
import { ChatService, type SentMessage } from './chat.service';
import {
  EditSocketMessageDto,
  MarkReadSocketDto,
  MessageEventDto,
  SendSocketMessageDto,
  SubscribeDto,
  TicketEventDto,
  TypingDto,
} from './dto/socket.dto';
import { InOrder } from './in-order';
import { Subscriptions } from './subscriptions';
import { Typing } from './typing';

/** The live form of a ticket's conversation. Rights are asked anew for every event. */
@WebSocketGateway()
@AcknowledgedEvents()
export class ChatGateway {
  constructor(
    private readonly authenticator: SocketAuthenticator,
    private readonly chat: ChatService,
    private readonly subscriptions: Subscriptions,
    private readonly tickets: TicketsService,
    private readonly typing: Typing,
    private readonly limits: RateLimits,
    private readonly sends: InOrder,
  ) {}

  @SubscribeMessage('ticket:subscribe')
  async subscribe(@ConnectedSocket() socket: ParleySocket, @MessageBody() request: SubscribeDto): Promise<object> {
    return this.subscriptions.subscribe(socket, await this.actor(socket), request);
  }

  @SubscribeMessage('ticket:sync')
  async sync(@ConnectedSocket() socket: ParleySocket, @MessageBody() request: SubscribeDto): Promise<TimelinePage> {
    return this.subscriptions.sync(await this.actor(socket), request);
  }

  @SubscribeMessage('ticket:unsubscribe')
  async unsubscribe(
    @ConnectedSocket() socket: ParleySocket,
    @MessageBody() { ticketId }: TicketEventDto,
  ): Promise<object> {
    await this.subscriptions.unsubscribe(socket, ticketId);
    return {};
  }

  @SubscribeMessage('message:send')
  async send(
    @ConnectedSocket() socket: ParleySocket,
    @MessageBody() message: SendSocketMessageDto,
  ): Promise<SentMessage> {
    const { ticketId, clientMsgId, kind, body, attachmentIds = [] } = message;
    return this.sends.run(ticketId, async () => {
      const { actor } = socket.data;
      await this.limits.spend('messages', actor.id);
      return this.chat.send(actor, { ticketId, clientMsgId, kind, body, attachmentIds }, 'plain');
    });
  }

  @SubscribeMessage('message:edit')
  async edit(
    @ConnectedSocket() socket: ParleySocket,
    @MessageBody() { ticketId, messageId, body }: EditSocketMessageDto,
  ): Promise<{ seq: number }> {
    return { seq: await this.chat.edit(await this.actor(socket), ticketId, messageId, body) };
  }

  @SubscribeMessage('message:remove')
  async remove(
    @ConnectedSocket() socket: ParleySocket,
    @MessageBody() { ticketId, messageId }: MessageEventDto,
  ): Promise<{ seq: number }> {
    return { seq: await this.chat.remove(await this.actor(socket), ticketId, messageId) };
  }

  @SubscribeMessage('read:mark')
  async markRead(
    @ConnectedSocket() socket: ParleySocket,
    @MessageBody() { ticketId, seq }: MarkReadSocketDto,
  ): Promise<object> {
    await this.chat.markRead(await this.actor(socket), ticketId, seq);
    return {};
  }

  /** Only in a ticket the socket follows: being let into its room was the check. */
  @SubscribeMessage('typing')
  async signTyping(
    @ConnectedSocket() socket: ParleySocket,
    @MessageBody() { ticketId, active, kind }: TypingDto,
  ): Promise<object> {
    if (!this.subscriptions.isSubscribed(socket, ticketId)) {
      const ticket = await this.tickets.assertMayFollow(await this.actor(socket), ticketId);
      assertCan(socket.data.actor, kind, ticket);
      return {};
    }
    if (kind === 'note') assertMayNote(socket.data.actor);
    this.typing.signal(socket, ticketId, active, kind);
    return {};
  }

  private async actor(socket: ParleySocket): Promise<Actor> {
    const actor = await this.authenticator.currentActor(socket);
    if (!actor) throw new Unauthenticated();
    return actor;
  }
}
