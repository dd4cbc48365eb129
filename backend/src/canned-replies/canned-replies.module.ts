import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../users';
import { CannedRepliesController } from './canned-replies.controller';
import { CannedRepliesService } from './canned-replies.service';
import { CannedReply, CannedReplyVersion } from './canned-reply.entity';
import { CannedReplyList } from './canned-reply-list';

@Module({
  imports: [TypeOrmModule.forFeature([CannedReply, CannedReplyVersion]), UsersModule],
  controllers: [CannedRepliesController],
  providers: [CannedRepliesService, CannedReplyList],
  exports: [CannedRepliesService],
})
export class CannedRepliesModule {}
