import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentsModule } from '../attachments';
import { UsersModule } from '../users';
import { Conversation } from './conversation.entity';
import { ConversationsService } from './conversations.service';
import { Draft } from './draft.entity';
import { DraftsService } from './drafts.service';
import { Message } from './message.entity';
import { MessagesService } from './messages.service';
import { Participant } from './participant.entity';
import { ReadMarksService } from './read-marks.service';
import { TimelineEntry } from './timeline-entry.entity';
import { TimelineRenderer } from './timeline.renderer';
import { TimelineService } from './timeline.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([Conversation, TimelineEntry, Message, Participant, Draft]),
    UsersModule,
    AttachmentsModule,
  ],
  providers: [
    ConversationsService,
    DraftsService,
    MessagesService,
    ReadMarksService,
    TimelineRenderer,
    TimelineService,
  ],
  exports: [ConversationsService, DraftsService, MessagesService, ReadMarksService, TimelineRenderer, TimelineService],
})
export class ConversationsModule {}
