import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentsModule } from '../attachments';
import { UsersModule } from '../users';
import { Conversation } from './conversation.entity';
import { ConversationsService } from './conversations.service';
import { Message } from './message.entity';
import { MessagesService } from './messages.service';
import { Participant } from './participant.entity';
import { ReadMarksService } from './read-marks.service';
import { TimelineEntry } from './timeline-entry.entity';
import { TimelineRenderer } from './timeline.renderer';
import { TimelineService } from './timeline.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([Conversation, TimelineEntry, Message, Participant]),
    UsersModule,
    AttachmentsModule,
  ],
  providers: [ConversationsService, MessagesService, ReadMarksService, TimelineRenderer, TimelineService],
  exports: [ConversationsService, MessagesService, ReadMarksService, TimelineRenderer, TimelineService],
})
export class ConversationsModule {}
