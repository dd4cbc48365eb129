import { Module } from '@nestjs/common';
import { ConversationsModule } from '../conversations';
import { RealtimeModule } from '../realtime';
import { TicketsModule } from '../tickets';
import { Broadcaster } from './broadcaster';
import { ChatController } from './chat.controller';
import { ChatGateway } from './chat.gateway';
import { ChatService } from './chat.service';
import { Drafts } from './drafts';
import { DraftsController } from './drafts.controller';
import { Heads } from './heads';
import { InOrder } from './in-order';
import { ListsCatchUp } from './lists-catch-up';
import { LiveLists } from './live-lists';
import { LostTickets } from './lost-tickets';
import { MarksCatchUp } from './marks-catch-up';
import { PresenceAudience } from './presence-audience';
import { Subscriptions } from './subscriptions';
import { Typing } from './typing';
import { Viewers } from './viewers';

@Module({
  imports: [ConversationsModule, RealtimeModule, TicketsModule],
  controllers: [ChatController, DraftsController],
  providers: [
    Broadcaster,
    ChatGateway,
    ChatService,
    Drafts,
    Heads,
    InOrder,
    ListsCatchUp,
    LiveLists,
    LostTickets,
    MarksCatchUp,
    PresenceAudience,
    Subscriptions,
    Typing,
    Viewers,
  ],
  exports: [ChatService],
})
export class ChatModule {}
