import type { Clock } from './clock';
import { deriveKey, equalSecrets, hmac } from './ids';

const LIFE_SECONDS = 600;

/**
 * Links that a browser can follow without a token: signed for one sign-in, they open one thing for ten minutes, as long as
 * that sign-in lasts and may see it. What was signed for one purpose is worthless for any other.
 */
export class SignedLinks {
  private readonly key: Buffer;

  constructor(
    private readonly clock: Clock,
    secret: string,
    purpose: string,
  ) {
    this.key = deriveKey(secret, purpose);
  }

  /** @param thing what the link opens, whatever else its path says */
  sign(path: string, thing: readonly string[], signInId: string): string {
    const expires = String(Math.floor(this.clock.now().getTime() / 1_000) + LIFE_SECONDS);
    const signature = this.signature(thing, expires, signInId);
    return `${path}?${new URLSearchParams({ expires, signIn: signInId, signature }).toString()}`;
  }

  /** The sign-in a genuine link that has not expired was made for; its rights are still to be asked. */
  check(thing: readonly string[], query: Record<string, unknown>): string | undefined {
    const { expires, signIn, signature } = query;
    if (typeof expires !== 'string' || typeof signIn !== 'string' || typeof signature !== 'string') return undefined;
    if (!equalSecrets(signature, this.signature(thing, expires, signIn))) return undefined;
    return Number(expires) * 1_000 > this.clock.now().getTime() ? signIn : undefined;
  }

  private signature(thing: readonly string[], expires: string, signInId: string): string {
    return hmac(this.key, JSON.stringify([...thing, expires, signInId]));
  }
}
