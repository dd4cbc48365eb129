import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../access';
import { Unauthenticated } from '../common';
import { AccessTokens } from './access-tokens';
import { SignInsService } from './sign-ins.service';

/** Tells who asks for what a browser fetches by itself: by bearer token, or by a signed link that stands for a sign-in. */
@Injectable()
export class LinkVisitors {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly signIns: SignInsService,
  ) {}

  /** @param signInOfLink the sign-in that a genuine link was made for, if there is one */
  async identify(request: Request, signInOfLink: () => string | undefined): Promise<Actor> {
    const token = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1];
    const claims = token === undefined ? undefined : this.accessTokens.verify(token);
    const signInId = claims?.sid ?? signInOfLink();
    const actor = signInId === undefined ? undefined : await this.signIns.actorOf(signInId, claims?.sub);
    if (!actor) throw new Unauthenticated();
    return actor;
  }
}
