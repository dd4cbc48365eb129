import { Injectable } from '@nestjs/common';
import { Settings } from '../../config';
import type { Finding, SelfCheck } from '../self-test/self-check';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const LOOSE_LIMITS = 10;

/** Settings that are allowed, and still hardly what somebody means. */
@Injectable()
export class SettingsCheck implements SelfCheck {
  readonly name = 'Settings';
  readonly adviceOnFailure = 'Compare the settings with .env.example, which explains them all.';

  constructor(private readonly settings: Settings) {}

  async run(): Promise<Finding> {
    const wrong = this.wrong();
    const odd = this.odd();
    if (!wrong.length && !odd.length) return { state: 'ok', found: 'They fit each other.' };
    return {
      state: wrong.length ? 'failed' : 'warning',
      found: [...wrong, ...odd].join(' '),
      advice: this.adviceOnFailure,
    };
  }

  private wrong(): string[] {
    const { redisUrl, databaseUrl, given } = this.settings;
    const wrong: string[] = [];
    if (redisUrl && !given.has('JWT_SECRET'))
      wrong.push('REDIS_URL is for several nodes, and without one JWT_SECRET for all each would refuse the others.');
    if (redisUrl && !databaseUrl)
      wrong.push('REDIS_URL is for several nodes, and SQLite serves only one: set DATABASE_URL.');
    return wrong;
  }

  private odd(): string[] {
    const { production, publicUrl, demo, trustProxy, rateLimitScale, smtpUrl, mailFrom, given } = this.settings;
    const { protocol, hostname } = new URL(publicUrl);
    const isPublic = !LOOPBACK.test(hostname);
    const odd: string[] = [];
    if (isPublic && !production) odd.push('PUBLIC_URL is for others: NODE_ENV should be production.');
    if (demo && production) odd.push('DEMO makes sample people on an installation for others.');
    if (isPublic && protocol === 'https:' && !trustProxy)
      odd.push('PUBLIC_URL is https, so a proxy is in front; without TRUST_PROXY everybody seems to come from it.');
    if (rateLimitScale > LOOSE_LIMITS) odd.push(`RATE_LIMIT_SCALE ${rateLimitScale} is for load tests.`);
    if (smtpUrl && isPublic && /@(localhost|example\.)/.test(mailFrom))
      odd.push(`MAIL_FROM ${mailFrom} is an address that nobody can answer.`);
    if (given.has('ADMIN_PASSWORD'))
      odd.push('ADMIN_PASSWORD did its work with the first start, and should not lie about any longer.');
    return odd;
  }
}
