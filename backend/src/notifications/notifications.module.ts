import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConversationsModule } from '../conversations';
import { RealtimeModule } from '../realtime';
import { UsersModule } from '../users';
import { CountsCatchUp } from './counts-catch-up';
import { NoticePusher } from './notice-pusher';
import { Notices } from './notices';
import { Notification } from './notification.entity';
import { NotificationsController } from './notifications.controller';
import { NotificationsService } from './notifications.service';

@Module({
  imports: [TypeOrmModule.forFeature([Notification]), ConversationsModule, RealtimeModule, UsersModule],
  controllers: [NotificationsController],
  providers: [CountsCatchUp, NoticePusher, Notices, NotificationsService],
})
export class NotificationsModule {}
