import { Module, type DynamicModule } from '@nestjs/common';
import { AttachmentsModule } from './attachments';
import { AuditModule } from './audit';
import { AccountTimesModule, AuthModule } from './auth';
import { CannedRepliesModule } from './canned-replies';
import { CategoriesModule } from './categories';
import { ChatModule } from './chat';
import type { Clock } from './common';
import { ConfigModule, type Settings } from './config';
import { ConversationsModule } from './conversations';
import { DatabaseModule } from './database';
import { IdempotencyModule } from './idempotency';
import { loggerModule } from './logging';
import { MailModule } from './mail';
import { NodesModule } from './nodes';
import { NotificationsModule } from './notifications';
import { OperationsModule } from './operations';
import { OutboxModule } from './outbox';
import { PresenceGatewayModule, PresenceModule } from './presence';
import { RealtimeModule } from './realtime';
import { SearchModule } from './search';
import { TicketsModule } from './tickets';
import { UsersModule } from './users';

/** The list of rooms. */
@Module({})
export class AppModule {
  static for(settings: Settings, clock?: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.for(settings, clock),
        loggerModule(settings),
        DatabaseModule,
        AuditModule,
        OutboxModule,
        IdempotencyModule,
        NodesModule,
        PresenceModule,
        AccountTimesModule,
        UsersModule,
        MailModule,
        AuthModule,
        RealtimeModule,
        PresenceGatewayModule,
        CategoriesModule,
        CannedRepliesModule,
        AttachmentsModule,
        ConversationsModule,
        TicketsModule,
        SearchModule,
        ChatModule,
        NotificationsModule,
        OperationsModule,
      ],
    };
  }
}
