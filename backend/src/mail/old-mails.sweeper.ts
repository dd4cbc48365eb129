import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { Clock, Recurring } from '../common';
import { Settings } from '../config';
import { UnitOfWork } from '../database';
import { Outbox } from '../outbox';
import { Mail, type MailStatus } from './mail.entity';
import { MAIL_JOBS } from './mailer';

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** What nobody got is kept longer, so that an admin can still read it or send it. */
const UNSENT_DAYS = 90;
const BATCH = 100;

/**
 * Removes mails once nobody needs them any more; what still waits to be sent stays. Mails to people whose address was
 * never confirmed stay as well: by them it is known that the address was written to, and is not to be again. Several
 * nodes may sweep at once.
 */
@Injectable()
export class OldMailsSweeper extends Recurring {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {
    super(EVERY_MS, 'Old mails could not be removed');
  }

  protected turn(): Promise<number> {
    return this.sweep();
  }

  /** Returns how many mails it removed. */
  async sweep(): Promise<number> {
    const { mailRetentionDays } = this.settings;
    const sent = await this.removeAll(['sent'], mailRetentionDays);
    return sent + (await this.removeAll(['kept', 'parked'], Math.max(UNSENT_DAYS, mailRetentionDays)));
  }

  private async removeAll(statuses: readonly MailStatus[], days: number): Promise<number> {
    const before = new Date(this.clock.now().getTime() - days * DAY_MS);
    let removed = 0;
    for (;;) {
      const ids = await this.older(statuses, before);
      if (!ids.length || this.isStopped) return removed;
      removed += await this.remove(ids, statuses);
    }
  }

  private async older(statuses: readonly MailStatus[], before: Date): Promise<string[]> {
    const mails = await this.dataSource
      .createQueryBuilder(Mail, 'mail')
      .select('mail.id')
      .where('mail.status IN (:...statuses) AND mail.createdAt < :before', { statuses, before })
      .andWhere('NOT EXISTS (SELECT 1 FROM users WHERE users.id = mail.userId AND users.confirmedAt IS NULL)')
      .limit(BATCH)
      .getMany();
    return mails.map(({ id }) => id);
  }

  /** Not what an admin has sent on its way meanwhile. */
  private remove(ids: readonly string[], statuses: readonly MailStatus[]): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const { affected } = await tx.manager.delete(Mail, { id: In([...ids]), status: In([...statuses]) });
      const left = await tx.manager.find(Mail, { select: { id: true }, where: { id: In([...ids]) } });
      const gone = ids.filter((id) => !left.some((mail) => mail.id === id));
      await this.outbox.withdraw(tx, MAIL_JOBS, gone);
      return affected ?? 0;
    });
  }
}
