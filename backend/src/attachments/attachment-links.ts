import { Injectable } from '@nestjs/common';
import { Clock, SignedLinks } from '../common';
import { Settings } from '../config';
import type { Attachment, AttachmentVariant } from './attachment.entity';
import { AttachmentDto } from './dto/attachment.dto';

/** Where the files of an attachment are fetched: with a token, or by a link that is signed for one sign-in. */
@Injectable()
export class AttachmentLinks {
  private readonly links: SignedLinks;

  constructor(clock: Clock, settings: Settings) {
    this.links = new SignedLinks(clock, settings.jwtSecret, 'file-link');
  }

  /** With links that open for ten minutes, as long as the sign-in lasts and may read the attachment. */
  sign(attachment: Attachment, signInId: string): AttachmentDto {
    return AttachmentDto.from(attachment, (variant) =>
      this.links.sign(pathOf(attachment.id, variant), [attachment.id, variant], signInId),
    );
  }

  /** With plain paths, for what is pushed to many: they are fetched with the token. */
  plain(attachment: Attachment): AttachmentDto {
    return AttachmentDto.from(attachment, (variant) => pathOf(attachment.id, variant));
  }

  /** The sign-in a genuine link that has not expired was made for; its rights are still to be asked. */
  check(attachmentId: string, variant: AttachmentVariant, query: Record<string, unknown>): string | undefined {
    return this.links.check([attachmentId, variant], query);
  }
}

const pathOf = (attachmentId: string, variant: AttachmentVariant): string =>
  `/api/attachments/${attachmentId}${variant === 'thumbnail' ? '/thumbnail' : ''}`;
