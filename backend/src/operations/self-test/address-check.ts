import { Injectable } from '@nestjs/common';
import { Settings } from '../../config';
import type { Finding, SelfCheck } from './self-check';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether links in mails lead anywhere, and passwords travel hidden. */
@Injectable()
export class AddressCheck implements SelfCheck {
  readonly name = 'Public address';
  readonly adviceOnFailure = 'Set PUBLIC_URL to the address that people use.';

  constructor(private readonly settings: Settings) {}

  run(): Promise<Finding> {
    const { publicUrl } = this.settings;
    const { protocol, hostname } = new URL(publicUrl);
    const found = `Links in mails lead to ${publicUrl}.`;
    if (LOOPBACK.test(hostname)) return this.warn(`${found} That works on this machine only.`, this.adviceOnFailure);
    if (protocol === 'http:')
      return this.warn(
        `${found} Passwords and messages travel readable for everybody in between.`,
        'Put a proxy with a certificate in front, and set PUBLIC_URL to its https address.',
      );
    return Promise.resolve({ state: 'ok', found });
  }

  private warn(found: string, advice: string): Promise<Finding> {
    return Promise.resolve({ state: 'warning', found, advice });
  }
}
