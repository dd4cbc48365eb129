import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Mail } from './mail.entity';
import { Mailer } from './mailer';
import { MailsController } from './mails.controller';

@Module({
  imports: [TypeOrmModule.forFeature([Mail])],
  controllers: [MailsController],
  providers: [Mailer],
  exports: [Mailer],
})
export class MailModule {}
