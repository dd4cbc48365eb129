import { JwtService } from '@nestjs/jwt';
import { accessTokenKey } from '../../../src/auth/access-tokens';
import { Settings } from '../../../src/config';
import type { Api, Person } from '../../support/api-client';

export interface TokenDetails {
  expiresIn?: number;
  key?: string | Buffer;
  typ?: string;
  issuer?: string;
  audience?: string;
}

/** An access token as the application would sign it, but for what the test says. */
export function aToken(api: Api, { account, signIn }: Person, details: TokenDetails = {}): string {
  const { expiresIn = 900, key, typ = 'access', issuer = 'parley', audience = 'parley-api' } = details;
  return new JwtService({}).sign(
    { sid: signIn.id, typ },
    {
      secret: key ?? accessTokenKey(api.part(Settings)),
      algorithm: 'HS256',
      subject: account.id,
      issuer,
      audience,
      expiresIn,
    },
  );
}
