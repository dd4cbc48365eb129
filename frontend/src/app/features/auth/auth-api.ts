import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable } from 'rxjs';

import { language } from '../../shared/texts/catalogue';

/** The routes behind links in mails, which need no sign-in. */
@Injectable({ providedIn: 'root' })
export class AuthApi {
  private readonly http = inject(HttpClient);

  /** Answers alike whether the address is known or not. */
  requestReset(email: string): Observable<void> {
    return this.http.post<void>('/api/auth/password/forgot', { email });
  }

  resetPassword(token: string, password: string): Observable<void> {
    return this.http.post<void>('/api/auth/password/reset', { token, password });
  }

  confirmEmail(token: string): Observable<void> {
    return this.http.post<void>('/api/auth/email/confirm', { token });
  }

  acceptInvitation(token: string, password: string, name: string): Observable<void> {
    const account = { password, language: language(), ...(name ? { name } : {}) };
    return this.http.post<void>('/api/auth/invitation/accept', { token, ...account });
  }

  /** Switches off the kind of mail that the link was in. */
  unsubscribe(token: string): Observable<void> {
    return this.http.post<void>('/api/mails/unsubscribe', null, { params: { token } });
  }
}
