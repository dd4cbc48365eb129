import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailList } from './mail-list';
import { Mail } from './mail.entity';
import { Mailer } from './mailer';
import { MailsController } from './mails.controller';
import { OldMailsSweeper } from './old-mails.sweeper';
import { SmtpDelivery } from './smtp-delivery';
import { UnsubscribeLinks } from './unsubscribe-links';

@Module({
  imports: [TypeOrmModule.forFeature([Mail])],
  controllers: [MailsController],
  providers: [Mailer, MailList, OldMailsSweeper, SmtpDelivery, UnsubscribeLinks],
  exports: [Mailer, MailList, SmtpDelivery, UnsubscribeLinks],
})
export class MailModule {}
