import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { DataSource } from 'typeorm';
import { Clock, newId } from '../common';
import { Settings } from '../config';
import { insertRow, UnitOfWork, type Transaction } from '../database';
import { Outbox, OutboxWorker, type OutboxHandler } from '../outbox';
import { Mail, type MailStatus } from './mail.entity';
import type { MailContent } from './mail-template';

const JOB = 'mail.send';
const TIMEOUT_MS = 20_000;

/**
 * Takes mails as rows of the business transaction and sends them afterwards. Without a mail server they are kept for
 * admins to read. A crash between sending and marking repeats a mail with the same `Message-ID`.
 */
@Injectable()
export class Mailer implements OutboxHandler, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Mailer.name);
  private readonly transport: Transporter | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly worker: OutboxWorker,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    this.transport = settings.smtpUrl
      ? createTransport({
          url: settings.smtpUrl,
          pool: true,
          connectionTimeout: TIMEOUT_MS,
          greetingTimeout: TIMEOUT_MS,
          socketTimeout: TIMEOUT_MS,
        })
      : undefined;
    this.transport?.on('error', (error: Error) => this.logger.warn({ err: error }, 'The mail connection failed'));
  }

  onApplicationBootstrap(): void {
    if (this.transport) this.worker.register(JOB, this);
  }

  onModuleDestroy(): void {
    this.transport?.close();
  }

  async send(tx: Transaction, recipient: string, content: MailContent): Promise<void> {
    const id = newId();
    const status: MailStatus = this.transport ? 'queued' : 'kept';
    await insertRow(tx.manager, Mail, { id, recipient, ...content, status, createdAt: this.clock.now(), sentAt: null });
    if (this.transport) await this.outbox.add(tx, JOB, { mailId: id });
  }

  /** Forgets what was or would be sent to an address. */
  async forget(tx: Transaction, recipient: string): Promise<void> {
    const alike = await tx.manager.find(Mail, { select: { id: true, recipient: true }, where: { recipient } });
    // To the collation of MySQL different addresses may look the same.
    const ids = alike.flatMap((mail) => (mail.recipient === recipient ? [mail.id] : []));
    if (ids.length) await tx.manager.delete(Mail, ids);
  }

  async run({ mailId }: Record<string, unknown>): Promise<void> {
    const mail = await this.dataSource.manager.findOneBy(Mail, { id: String(mailId) });
    if (!mail || mail.status === 'sent') return;
    try {
      await this.transport?.sendMail({
        from: this.settings.mailFrom,
        to: { name: '', address: mail.recipient },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: `<${mail.id}@${new URL(this.settings.publicUrl).hostname}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    } catch (error) {
      await this.mark(mail.id, 'failed');
      throw error;
    }
    await this.mark(mail.id, 'sent');
  }

  async parked({ mailId }: Record<string, unknown>): Promise<void> {
    await this.mark(String(mailId), 'parked');
  }

  private async mark(id: string, status: MailStatus): Promise<void> {
    const sentAt = status === 'sent' ? this.clock.now() : null;
    await this.unitOfWork.run(async ({ manager }) => {
      await manager.update(Mail, { id }, { status, sentAt });
    });
  }
}
