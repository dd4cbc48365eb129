import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Authenticator } from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { Actor } from '../access';
import { AccessDenials } from '../audit';
import { isError } from '../common';
import { Settings } from '../config';
import {
  accessTokenKey,
  CLOCK_LEEWAY_SECONDS,
  isAccessToken,
  TOKEN_AUDIENCE,
  TOKEN_ISSUER,
  type AccessTokenClaims,
} from './access-tokens';
import { SignInsService } from './sign-ins.service';

/**
 * Tells who a request comes from: checks the token's signature and claims, then that its sign-in is still open. Passport
 * keeps its strategies in one object for the whole process; an authenticator of our own lets several applications live
 * in one.
 */
@Injectable()
export class BearerAuthentication {
  private readonly authenticator = new Authenticator();

  constructor(
    settings: Settings,
    private readonly signIns: SignInsService,
    private readonly denials: AccessDenials,
  ) {
    const options = {
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: accessTokenKey(settings),
      algorithms: ['HS256' as const],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      jsonWebTokenOptions: { clockTolerance: CLOCK_LEEWAY_SECONDS },
    };
    this.authenticator.use(
      new Strategy(options, (claims: Partial<AccessTokenClaims>, done) => {
        this.actorOf(claims).then(
          (actor) => done(null, actor ?? false),
          (error: unknown) => done(error, false),
        );
      }),
    );
  }

  /** The person behind the request; undefined without a valid token. Rejects when the database cannot be asked. */
  identify(request: Request, response: Response): Promise<Actor | undefined> {
    return new Promise((resolve, reject) => {
      const decided = (error: unknown, actor: Actor | false | undefined, info?: unknown): void => {
        if (isForged(info))
          this.denials.note({ actorId: null, data: { code: 'unauthenticated', reason: 'forged token' } });
        if (error) reject(toError(error));
        else resolve(actor || undefined);
      };
      const authenticate = this.authenticator.authenticate('jwt', { session: false }, decided) as (
        request: Request,
        response: Response,
        next: (error?: unknown) => void,
      ) => void;
      authenticate(request, response, reject);
    });
  }

  private async actorOf(claims: Partial<AccessTokenClaims>): Promise<Actor | undefined> {
    return isAccessToken(claims) ? this.signIns.actorOf(claims.sid, claims.sub) : undefined;
  }
}

/** Not one that is missing or has expired, as happens every day. */
const isForged = (info: unknown): boolean => (info as { name?: unknown } | undefined)?.name === 'JsonWebTokenError';

const toError = (error: unknown): Error => (isError(error) ? error : new Error(String(error)));
