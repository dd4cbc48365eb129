import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConversationsModule } from '../conversations';
import { MailModule } from '../mail';
import { RealtimeModule } from '../realtime';
import { UsersModule } from '../users';
import { Audience } from './audience';
import { CountsCatchUp } from './counts-catch-up';
import { DigestBeginnings } from './mails/digest-beginnings';
import { DigestNews } from './mails/digest-news';
import { DigestRows } from './mails/digest-rows';
import { DigestWorker } from './mails/digest.worker';
import { MailDigest } from './mails/mail-digest.entity';
import { TicketLetters } from './mails/ticket-letters';
import { TicketMailJobs } from './mails/ticket-mail.jobs';
import { TicketMailer } from './mails/ticket-mailer';
import { UnsubscribeController } from './mails/unsubscribe.controller';
import { NoticeListener } from './notice-listener.entity';
import { NoticeListeners } from './notice-listeners';
import { NoticePusher } from './notice-pusher';
import { NoticeWriter } from './notice-writer';
import { NoticeJobs } from './notice.jobs';
import { Notices } from './notices';
import { Notification } from './notification.entity';
import { NotificationsController } from './notifications.controller';
import { NotificationsService } from './notifications.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([Notification, NoticeListener, MailDigest]),
    ConversationsModule,
    MailModule,
    RealtimeModule,
    UsersModule,
  ],
  controllers: [NotificationsController, UnsubscribeController],
  providers: [
    Audience,
    CountsCatchUp,
    DigestBeginnings,
    DigestNews,
    DigestRows,
    DigestWorker,
    TicketLetters,
    TicketMailJobs,
    TicketMailer,
    NoticeJobs,
    NoticeListeners,
    NoticePusher,
    NoticeWriter,
    Notices,
    NotificationsService,
  ],
  exports: [NotificationsService],
})
export class NotificationsModule {}
