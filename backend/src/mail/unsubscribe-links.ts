import { Injectable } from '@nestjs/common';
import { deriveKey, equalSecrets, hmac } from '../common';
import { Settings } from '../config';
import { MAIL_SETTINGS, type MailSetting } from './mail.entity';

export interface Unsubscription {
  userId: string;
  setting: MailSetting;
}

/**
 * Links that switch off one kind of mail for one person, without signing in. They have no end, because mails are kept for
 * years, and are good for nothing else.
 */
@Injectable()
export class UnsubscribeLinks {
  private readonly key: Buffer;

  constructor(private readonly settings: Settings) {
    this.key = deriveKey(settings.jwtSecret, 'mail-unsubscribe');
  }

  /** For people: a page that asks before it does anything. */
  pageFor(unsubscription: Unsubscription): string {
    return `${this.settings.publicUrl}/unsubscribe?token=${this.tokenFor(unsubscription)}`;
  }

  /** For mail programs (RFC 8058): a POST is enough, a GET leads to the page. */
  oneClickFor(unsubscription: Unsubscription): string {
    return `${this.settings.publicUrl}/api/mails/unsubscribe?token=${this.tokenFor(unsubscription)}`;
  }

  /** Undefined when the token was not made here. */
  read(token: string): Unsubscription | undefined {
    const [userId, setting, seal = '', ...more] = token.split('.');
    const known = MAIL_SETTINGS.find((name) => name === setting);
    if (!known || more.length || !equalSecrets(seal, this.sealOf(userId, known))) return undefined;
    return { userId, setting: known };
  }

  private tokenFor({ userId, setting }: Unsubscription): string {
    return `${userId}.${setting}.${this.sealOf(userId, setting)}`;
  }

  private sealOf(userId: string, setting: MailSetting): string {
    return hmac(this.key, `${userId}.${setting}`);
  }
}
