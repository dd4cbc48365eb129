import { Injectable } from '@nestjs/common';
import { Clock, SignedLinks } from '../../common';
import { Settings } from '../../config';

/** Links to the HTML of one mail: a frame cannot send a token. */
@Injectable()
export class MailPreviewLinks {
  private readonly links: SignedLinks;

  constructor(clock: Clock, settings: Settings) {
    this.links = new SignedLinks(clock, settings.jwtSecret, 'mail-preview');
  }

  sign(mailId: string, signInId: string): string {
    return this.links.sign(`/api/mails/${mailId}/preview`, [mailId], signInId);
  }

  /** The sign-in a genuine link that has not expired was made for; its rights are still to be asked. */
  check(mailId: string, query: Record<string, unknown>): string | undefined {
    return this.links.check([mailId], query);
  }
}
