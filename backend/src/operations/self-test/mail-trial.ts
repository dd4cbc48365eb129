import { Injectable, Logger } from '@nestjs/common';
import { Settings } from '../../config';
import { mailTexts, NoMailServer, renderMail, SmtpDelivery } from '../../mail';
import { UsersService } from '../../users';

export interface TrialOutcome {
  readonly sent: boolean;
  /** What the mail server answered, or why it could not be asked. */
  readonly answer: string;
}

/** Sends one mail at once, past the queue, to see what the mail server says. */
@Injectable()
export class MailTrial {
  private readonly logger = new Logger(MailTrial.name);

  constructor(
    private readonly settings: Settings,
    private readonly delivery: SmtpDelivery,
    private readonly users: UsersService,
  ) {}

  /** To the person's own address; never to another one. Throws NoMailServer where none is set up. */
  async sendTo(userId: string): Promise<TrialOutcome> {
    if (!this.delivery.isSetUp) throw new NoMailServer();
    const { email, name, preferences } = await this.users.get(userId);
    const texts = mailTexts(preferences.language);
    const { subject, paragraphs, closing } = texts.trial();
    const { language } = preferences;
    const content = renderMail({ language, greeting: texts.greeting(name), subject, paragraphs, closing });
    try {
      const answer = await this.delivery.send({
        ...content,
        from: this.settings.mailFrom,
        to: { name: '', address: email },
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { sent: true, answer };
    } catch (error) {
      this.logger.warn({ err: error }, 'A mail to try the mail server was not sent');
      return { sent: false, answer: error instanceof Error ? error.message : String(error) };
    }
  }
}
