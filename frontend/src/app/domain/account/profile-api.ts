import { HttpClient, HttpResourceRef, httpResource } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable, tap } from 'rxjs';

import { Me, PreferencesChange, SignedInDevice } from '../../core/api/models';
import { Session } from '../../core/session/session';

/** The only place that knows the routes of the signed-in person's own data. */
@Injectable({ providedIn: 'root' })
export class ProfileApi {
  private readonly http = inject(HttpClient);
  private readonly session = inject(Session);

  /** Preferences are merged into those the server has. */
  update(change: { name?: string; preferences?: PreferencesChange }): Observable<Me> {
    return this.http.patch<Me>('/api/me', change).pipe(tap((me) => this.session.updateUser(me)));
  }

  changePassword(currentPassword: string, newPassword: string): Observable<void> {
    return this.http.post<void>('/api/auth/password/change', { currentPassword, newPassword });
  }

  /** Mails a link to the new address. */
  changeEmail(email: string, password: string): Observable<void> {
    return this.http.post<void>('/api/me/email', { email, password });
  }

  /** Mails the link that confirms the address once more. */
  sendConfirmation(): Observable<void> {
    return this.http.post<void>('/api/me/email/confirmation', null);
  }

  /** All that is the person's own, as one file. */
  exportOwnData(): Observable<Blob> {
    return this.http.get('/api/me/export', { responseType: 'blob' });
  }

  deleteAccount(password: string): Observable<void> {
    return this.http.delete<void>('/api/me', { body: { password } });
  }

  /** Call it in a field initialiser. */
  devices(): HttpResourceRef<SignedInDevice[] | undefined> {
    return httpResource<SignedInDevice[]>(() => '/api/me/sessions');
  }

  signOutDevice(id: string): Observable<void> {
    return this.http.delete<void>(`/api/me/sessions/${id}`);
  }
}
