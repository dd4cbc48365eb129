import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { Actor } from '../access';
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

/** Checks the token's signature and claims, then that its sign-in is still open in the database. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    settings: Settings,
    private readonly signIns: SignInsService,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: accessTokenKey(settings),
      algorithms: ['HS256'],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      jsonWebTokenOptions: { clockTolerance: CLOCK_LEEWAY_SECONDS },
    });
  }

  async validate(claims: Partial<AccessTokenClaims>): Promise<Actor | false> {
    if (!isAccessToken(claims)) return false;
    return (await this.signIns.actorOf(claims.sid, claims.sub)) ?? false;
  }
}
