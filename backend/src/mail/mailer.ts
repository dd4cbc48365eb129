import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { SendMailOptions } from 'nodemailer';
import { DataSource, In, MoreThan, Not } from 'typeorm';
import type { Actor } from '../access';
import { AuditLog } from '../audit';
import { Clock, DomainError, newId, NotFound } from '../common';
import { Settings } from '../config';
import { insertRow, UnitOfWork, type Transaction } from '../database';
import { Outbox, OutboxWorker, type JobFailure, type OutboxHandler } from '../outbox';
import { Mail, type MailSetting, type MailStatus } from './mail.entity';
import type { MailContent } from './mail-template';
import { SMTP_CONNECTIONS, SmtpDelivery } from './smtp-delivery';
import { UnsubscribeLinks } from './unsubscribe-links';

/** The jobs that send mails; each is named like its mail. */
export const MAIL_JOBS = 'mail.send';
/** Mails about tickets; those about an account have limits where they are asked for. */
const MOST_AN_HOUR = 20;
const HOUR_MS = 3_600_000;
/** Short at first, and never so long that much waits when a mail server comes back after minutes; four hours in all. */
const BACK_OFF_SECONDS = [5, 15, 30, 60, 120, 180, 300, 300, 300, 600, 600, 1_800, 3_600, 7_200];

/** What follows PUBLIC_URL in a link that opens something. */
const TOKEN_OF_LINK = /^([\w/-]+\?token=)[\w.-]+/;

/** What a mail about a ticket tells of, and whom. */
export interface MailAbout {
  userId: string;
  ticketNumber: number;
  setting: MailSetting;
  /** Names what it tells of; a second mail of the same cause to the same person breaks a key of the database. */
  cause: string;
}

export class MailAlreadySent extends DomainError {
  constructor() {
    super('conflict', 'This mail was sent already.', { code: 'already-sent' });
  }
}

export class NoMailServer extends DomainError {
  constructor() {
    super('conflict', 'There is no mail server: set SMTP_URL and start again.', { code: 'no-mail-server' });
  }
}

/**
 * Takes mails as rows of the business transaction and sends them afterwards. Without a mail server they are kept for
 * admins to read. A crash between sending and marking repeats a mail with the same `Message-ID`.
 */
@Injectable()
export class Mailer implements OutboxHandler, OnApplicationBootstrap {
  private readonly host: string;
  private readonly linkStart: string;

  constructor(
    private readonly settings: Settings,
    private readonly delivery: SmtpDelivery,
    private readonly links: UnsubscribeLinks,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly worker: OutboxWorker,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
  ) {
    this.host = new URL(settings.publicUrl).hostname;
    this.linkStart = `${settings.publicUrl}/`;
  }

  onApplicationBootstrap(): void {
    if (this.delivery.isSetUp)
      this.worker.register(MAIL_JOBS, this, { abreast: SMTP_CONNECTIONS, backOff: BACK_OFF_SECONDS });
  }

  /** @param about for mails about a ticket: they are kept together, can be switched off, and count for the limit */
  async send(tx: Transaction, recipient: string, content: MailContent, about?: MailAbout): Promise<void> {
    const id = newId();
    const status: MailStatus = this.delivery.isSetUp ? 'queued' : 'kept';
    await insertRow(tx.manager, Mail, {
      id,
      recipient,
      ...content,
      status,
      createdAt: this.clock.now(),
      sentAt: null,
      messageId: this.messageIdOf(id),
      userId: about?.userId ?? null,
      ticketNumber: about?.ticketNumber ?? null,
      setting: about?.setting ?? null,
      cause: about ? causeFor(about) : null,
      attempts: 0,
      lastError: null,
    });
    if (this.delivery.isSetUp) await this.outbox.add(tx, MAIL_JOBS, { mailId: id }, id);
  }

  /** Which of these causes the person has been told of by a mail. */
  async told(tx: Transaction, userId: string, causes: readonly string[]): Promise<Set<string>> {
    if (!causes.length) return new Set();
    const wanted = new Map(causes.map((cause) => [causeFor({ userId, cause }), cause]));
    const rows = await tx.manager.find(Mail, { select: { cause: true }, where: { cause: In([...wanted.keys()]) } });
    return new Set(rows.flatMap(({ cause }) => wanted.get(cause ?? '') ?? []));
  }

  /** Whether any mail about a ticket went to the person; asked one after the other for the same person. */
  async hasWrittenTo(tx: Transaction, userId: string): Promise<boolean> {
    await tx.manager.query('UPDATE users SET active = active WHERE id = ?', [userId]);
    return tx.manager.existsBy(Mail, { userId });
  }

  /** Whether the person has had as many mails about tickets as are sent within an hour. */
  async isOverLimit(tx: Transaction, userId: string): Promise<boolean> {
    const createdAt = MoreThan(new Date(this.clock.now().getTime() - HOUR_MS));
    const sent = await tx.manager.countBy(Mail, { userId, createdAt });
    return sent >= MOST_AN_HOUR * this.settings.rateLimitScale;
  }

  /** Sends at once what was given up, waits for its next try, or was kept while there was no mail server. */
  async retry(actor: Actor, id: string): Promise<Mail> {
    return this.unitOfWork.run(async (tx) => {
      const { affected } = await tx.manager.update(Mail, { id, status: Not('sent') }, { status: 'queued' });
      const mail = await tx.manager.findOneBy(Mail, { id });
      if (!mail) throw new NotFound('This mail');
      if (!affected) throw new MailAlreadySent();
      if (!this.delivery.isSetUp) throw new NoMailServer();
      if (!(await this.outbox.again(tx, MAIL_JOBS, id))) await this.outbox.add(tx, MAIL_JOBS, { mailId: id }, id);
      await this.audit.record(tx, { action: 'mail.retried', actorId: actor.id, object: { type: 'mail', id } });
      return mail;
    });
  }

  /** Forgets what was or would be sent to a person, and to the address that was theirs. */
  async forget(tx: Transaction, userId: string, recipient: string): Promise<void> {
    await tx.manager.delete(Mail, { userId });
    const alike = await tx.manager.find(Mail, { select: { id: true, recipient: true }, where: { recipient } });
    // To the collation of MySQL different addresses may look the same.
    const ids = alike.flatMap((mail) => (mail.recipient === recipient ? [mail.id] : []));
    if (ids.length) await tx.manager.delete(Mail, ids);
  }

  async run({ mailId }: Record<string, unknown>): Promise<void> {
    const mail = await this.dataSource.manager.findOneBy(Mail, { id: String(mailId) });
    if (!mail || mail.status === 'sent') return;
    await this.delivery.send(this.envelopeOf(mail));
    const secrets = { text: this.withoutTokens(mail.text), html: this.withoutTokens(mail.html) };
    const sent = { status: 'sent', sentAt: this.clock.now(), lastError: null, attempts: mail.attempts + 1 } as const;
    await this.unitOfWork.run(async ({ manager }) => {
      await manager.update(Mail, { id: mail.id }, { ...sent, ...secrets });
    });
  }

  async failed(
    { mailId }: Record<string, unknown>,
    { reason, isParked }: JobFailure,
    { manager }: Transaction,
  ): Promise<void> {
    const status = isParked ? 'parked' : 'failed';
    const change = { status, lastError: reason, attempts: () => 'attempts + 1' } as const;
    await manager.update(Mail, { id: String(mailId), status: Not('sent') }, change);
  }

  private envelopeOf(mail: Mail): SendMailOptions {
    const { id, recipient, subject, text, html, messageId, userId, setting, ticketNumber } = mail;
    const thread = ticketNumber === null ? undefined : `<ticket-${ticketNumber}@${this.host}>`;
    const off = userId !== null && setting !== null ? this.links.oneClickFor({ userId, setting }) : undefined;
    return {
      from: this.settings.mailFrom,
      to: { name: '', address: recipient },
      subject,
      text,
      html,
      messageId: messageId ?? this.messageIdOf(id),
      ...(thread && { inReplyTo: thread, references: thread }),
      ...(off && { list: { unsubscribe: off } }),
      headers: {
        'Auto-Submitted': 'auto-generated',
        ...(off && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      },
    };
  }

  private messageIdOf(id: string): string {
    return `<${id}@${this.host}>`;
  }

  /** Once a mail is on its way, nobody needs the keys in it any more, and admins must not find them. */
  private withoutTokens(text: string): string {
    return text
      .split(this.linkStart)
      .map((part, at) => (at ? part.replace(TOKEN_OF_LINK, '$1…') : part))
      .join(this.linkStart);
  }
}

const causeFor = ({ userId, cause }: Pick<MailAbout, 'userId' | 'cause'>): string => `${cause}:${userId}`;
