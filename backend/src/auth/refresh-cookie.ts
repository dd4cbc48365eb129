import { Injectable } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { Settings } from '../config';

const NAME = 'parley_refresh';
const PATH = '/api/auth';
const LIFETIME_MS = 30 * 86_400_000;

/** The only place where the refresh token travels; the page's scripts never see it. */
@Injectable()
export class RefreshCookie {
  private readonly name: string;
  private readonly options: CookieOptions;

  constructor(settings: Settings) {
    const secure = settings.publicUrl.startsWith('https:');
    this.name = secure ? `__Secure-${NAME}` : NAME;
    this.options = { httpOnly: true, secure, sameSite: 'strict', path: PATH };
  }

  read(request: Request): string | undefined {
    const value: unknown = (request.cookies as Record<string, unknown> | undefined)?.[this.name];
    return typeof value === 'string' && value.length <= 200 ? value : undefined;
  }

  write(response: Response, token: string): void {
    response.cookie(this.name, token, { ...this.options, maxAge: LIFETIME_MS });
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.options);
  }
}
