import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../access';
import { AttachmentLinks, type AttachmentVariant } from '../attachments';
import { AccessTokens, SignInsService } from '../auth';
import { Unauthenticated } from '../common';

/** Tells who asks for a file: by bearer token, or by a signed link that stands for a sign-in. */
@Injectable()
export class FileVisitors {
  constructor(
    private readonly links: AttachmentLinks,
    private readonly accessTokens: AccessTokens,
    private readonly signIns: SignInsService,
  ) {}

  async identify(
    request: Request,
    attachmentId: string,
    variant: AttachmentVariant,
    query: Record<string, unknown>,
  ): Promise<Actor> {
    const token = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1];
    const claims = token === undefined ? undefined : this.accessTokens.verify(token);
    const signInId = claims?.sid ?? this.links.check(attachmentId, variant, query);
    const actor = signInId === undefined ? undefined : await this.signIns.actorOf(signInId, claims?.sub);
    if (!actor) throw new Unauthenticated();
    return actor;
  }
}
