import { Injectable } from '@nestjs/common';
import { Clock, deriveKey, equalSecrets, hmac } from '../common';
import { Settings } from '../config';
import type { Attachment, AttachmentVariant } from './attachment.entity';
import { AttachmentDto } from './dto/attachment.dto';

const LIFE_SECONDS = 600;

/** Where the files of an attachment are fetched: with a token, or by a link that is signed for one sign-in. */
@Injectable()
export class AttachmentLinks {
  private readonly key: Buffer;

  constructor(
    private readonly clock: Clock,
    settings: Settings,
  ) {
    this.key = deriveKey(settings.jwtSecret, 'file-link');
  }

  /** With links that open for ten minutes, as long as the sign-in lasts and may read the attachment. */
  sign(attachment: Attachment, signInId: string): AttachmentDto {
    const expires = Math.floor(this.clock.now().getTime() / 1_000) + LIFE_SECONDS;
    return AttachmentDto.from(attachment, (variant) => {
      const signature = this.signature(attachment.id, variant, String(expires), signInId);
      const query = new URLSearchParams({ expires: String(expires), signIn: signInId, signature });
      return `${pathOf(attachment.id, variant)}?${query.toString()}`;
    });
  }

  /** With plain paths, for what is pushed to many: they are fetched with the token. */
  plain(attachment: Attachment): AttachmentDto {
    return AttachmentDto.from(attachment, (variant) => pathOf(attachment.id, variant));
  }

  /** The sign-in a genuine link that has not expired was made for; its rights are still to be asked. */
  check(attachmentId: string, variant: AttachmentVariant, query: Record<string, unknown>): string | undefined {
    const { expires, signIn, signature } = query;
    if (typeof expires !== 'string' || typeof signIn !== 'string' || typeof signature !== 'string') return undefined;
    if (!equalSecrets(signature, this.signature(attachmentId, variant, expires, signIn))) return undefined;
    return Number(expires) * 1_000 > this.clock.now().getTime() ? signIn : undefined;
  }

  private signature(attachmentId: string, variant: AttachmentVariant, expires: string, signInId: string): string {
    return hmac(this.key, JSON.stringify([attachmentId, variant, expires, signInId]));
  }
}

const pathOf = (attachmentId: string, variant: AttachmentVariant): string =>
  `/api/attachments/${attachmentId}${variant === 'thumbnail' ? '/thumbnail' : ''}`;
