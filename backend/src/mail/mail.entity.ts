import { Column, Entity } from 'typeorm';
import { IdColumn, IdPrimaryColumn, LongTextColumn, TimeColumn } from '../database';

export const MAIL_STATUSES = ['kept', 'queued', 'sent', 'failed', 'parked'] as const;
/** `kept`: there is no mail server, admins can read it; `failed`: will be tried again; `parked`: given up. */
export type MailStatus = (typeof MAIL_STATUSES)[number];

/** The switches of `preferences.email`; a mail about an account has none. */
export const MAIL_SETTINGS = ['messages', 'status', 'assignments', 'mentions', 'priority', 'created'] as const;
export type MailSetting = (typeof MAIL_SETTINGS)[number];

/** One outgoing mail to one person. */
@Entity('mails')
export class Mail {
  @IdPrimaryColumn() id!: string;
  @Column({ type: 'varchar', length: 254 }) recipient!: string;
  @Column({ type: 'varchar', length: 250 }) subject!: string;
  @LongTextColumn() text!: string;
  @LongTextColumn() html!: string;
  @Column({ type: 'varchar', length: 10 }) status!: MailStatus;
  @TimeColumn() createdAt!: Date;
  @TimeColumn({ nullable: true }) sentAt!: Date | null;
  /** The `Message-ID`, the same in every try; null for what was written before it was stored. */
  @Column({ type: 'varchar', length: 255, nullable: true }) messageId!: string | null;
  /** Whom it tells of a ticket; null for mails about an account. */
  @IdColumn({ nullable: true }) userId!: string | null;
  @Column({ type: 'int', nullable: true }) ticketNumber!: number | null;
  @Column({ type: 'varchar', length: 20, nullable: true }) setting!: MailSetting | null;
  /** Names what it tells of and to whom, so that nobody is told twice. */
  @Column({ type: 'varchar', length: 100, nullable: true }) cause!: string | null;
  @Column({ type: 'int' }) attempts!: number;
  /** What the mail server said last. */
  @LongTextColumn({ nullable: true }) lastError!: string | null;
}
