import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { decodeCursor, encodeCursor, NotFound, pageOf, type Page } from '../common';
import { Settings } from '../config';
import { Mail } from './mail.entity';
import { MailDto, type MailDeliveryDto, type MailListQuery } from './mails.dto';
import { SmtpDelivery } from './smtp-delivery';

/** Outgoing mails as admins see them. */
@Injectable()
export class MailList {
  constructor(
    private readonly dataSource: DataSource,
    private readonly delivery: SmtpDelivery,
    private readonly settings: Settings,
  ) {}

  async page({ status, to, limit, cursor }: MailListQuery): Promise<Page<MailDto>> {
    const listName = JSON.stringify(['mails', status, to]);
    const query = this.dataSource
      .createQueryBuilder(Mail, 'mail')
      .orderBy('mail.id', 'DESC')
      .limit(limit + 1);
    if (status) query.andWhere('mail.status IN (:...status)', { status });
    if (to) query.andWhere(`mail.recipient LIKE :like ESCAPE '!'`, { like: `${to.trim().replace(/[!%_]/g, '!$&')}%` });
    if (cursor) query.andWhere('mail.id < :before', { before: decodeCursor(cursor, listName)[0] });
    const page = pageOf(await query.getMany(), limit, (last) => encodeCursor([last.id], listName));
    return { ...page, items: page.items.map((mail) => MailDto.from(mail)) };
  }

  async get(id: string): Promise<Mail> {
    const mail = await this.dataSource.manager.findOneBy(Mail, { id });
    if (!mail) throw new NotFound('This mail');
    return mail;
  }

  async state(): Promise<MailDeliveryDto> {
    const { manager } = this.dataSource;
    const waiting = { status: In(['queued', 'failed']) };
    const [count, parked, oldest] = await Promise.all([
      manager.countBy(Mail, waiting),
      manager.countBy(Mail, { status: 'parked' }),
      manager.findOne(Mail, { select: { id: true, createdAt: true }, where: waiting, order: { id: 'ASC' } }),
    ]);
    return {
      sending: this.delivery.isSetUp,
      from: this.settings.mailFrom,
      waiting: count,
      parked,
      waitingSince: oldest?.createdAt.toISOString() ?? null,
    };
  }
}
