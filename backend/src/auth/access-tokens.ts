import { createSecretKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { deriveKey } from '../common';
import { Settings } from '../config';

export const ACCESS_TOKEN_SECONDS = 15 * 60;
export const TOKEN_ISSUER = 'parley';
export const TOKEN_AUDIENCE = 'parley-api';
const TOKEN_TYPE = 'access';
/** How far the clocks of two nodes may differ. */
export const CLOCK_LEEWAY_SECONDS = 60;

export interface AccessTokenClaims {
  sub: string;
  /** The sign-in it belongs to. */
  sid: string;
  typ: string;
  exp: number;
}

/**
 * As a key object: of plain bytes the library asks first, for every token, whether they are a public key, which takes a
 * millisecond. It takes both; the types of what stands before it name bytes only.
 */
export const accessTokenKey = (settings: Settings): Buffer =>
  createSecretKey(deriveKey(settings.jwtSecret, 'access-token')) as unknown as Buffer;

export const isAccessToken = (claims: Partial<AccessTokenClaims>): claims is AccessTokenClaims =>
  claims.typ === TOKEN_TYPE && typeof claims.sub === 'string' && typeof claims.sid === 'string';

/** Short-lived proof of a sign-in; it names person and sign-in only, rights are read from the database each time. */
@Injectable()
export class AccessTokens {
  private readonly key: Buffer;

  constructor(
    private readonly jwt: JwtService,
    settings: Settings,
  ) {
    this.key = accessTokenKey(settings);
  }

  sign(userId: string, signInId: string): string {
    return this.jwt.sign(
      { sid: signInId, typ: TOKEN_TYPE },
      {
        secret: this.key,
        algorithm: 'HS256',
        subject: userId,
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        expiresIn: ACCESS_TOKEN_SECONDS,
      },
    );
  }

  /** The claims of a token that is genuine and not expired; undefined otherwise. */
  verify(token: string): AccessTokenClaims | undefined {
    try {
      const claims = this.jwt.verify<Partial<AccessTokenClaims>>(token, {
        secret: this.key,
        algorithms: ['HS256'],
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        clockTolerance: CLOCK_LEEWAY_SECONDS,
      });
      return isAccessToken(claims) ? claims : undefined;
    } catch {
      return undefined;
    }
  }
}
