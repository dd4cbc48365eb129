import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { uuidv7 } from 'uuidv7';

/** A UUIDv7 (RFC 9562): sorts by time, kind to indexes, not guessable. */
export const newId = (): string => uuidv7();

/** 256 random bits for anything that opens a door. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** How secrets are stored: 64 hexadecimal digits of SHA-256. Enough for random secrets, never for passwords. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export function equalSecrets(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A key of its own for each purpose (RFC 5869), so that a token for one is worthless for any other. */
export const deriveKey = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'parley', purpose, 32));

export const hmac = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('base64url');
