import { Column, Entity } from 'typeorm';
import { IdPrimaryColumn, LongTextColumn, TimeColumn } from '../database';

export const MAIL_STATUSES = ['kept', 'queued', 'sent', 'failed', 'parked'] as const;
/** `kept`: there is no mail server, admins can read it; `failed`: will be tried again; `parked`: given up. */
export type MailStatus = (typeof MAIL_STATUSES)[number];

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
}
