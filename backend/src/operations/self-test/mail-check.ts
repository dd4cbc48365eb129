import { Injectable } from '@nestjs/common';
import { SmtpDelivery } from '../../mail';
import type { Finding, SelfCheck } from './self-check';

/** Whether the mail server lets us in. */
@Injectable()
export class MailCheck implements SelfCheck {
  readonly name = 'Mail';
  readonly adviceOnFailure =
    'Check SMTP_URL, its name and password, and whether the mail server can be reached from here.';

  constructor(private readonly delivery: SmtpDelivery) {}

  async run(): Promise<Finding> {
    if (!this.delivery.isSetUp)
      return {
        state: 'warning',
        found: 'Nothing is sent: mails are kept, and stand under Mails.',
        advice: 'Set SMTP_URL and MAIL_FROM, and start Parley again.',
      };
    await this.delivery.verify();
    return { state: 'ok', found: 'The mail server answers and lets us in.' };
  }
}
