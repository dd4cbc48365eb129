import { HttpClient, HttpResourceRef, httpResource } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { map, Observable } from 'rxjs';

import {
  Category,
  DemoData,
  DemoRemoved,
  CategoryUses,
  Finding,
  InvitationResult,
  KeptMail,
  MailDelivery,
  MailPreviewLink,
  MailTrial,
  Role,
  Setting,
  StaffDefaults,
  StaffDefaultsChange,
  UsedTag,
  User,
} from '../../core/api/models';

export interface Invitation {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

export interface UserChange {
  readonly name?: string;
  readonly role?: Role;
  readonly active?: boolean;
  /** With staff who leave: who gets their tickets; without it they go into the queue. */
  readonly reassignTo?: string;
}

export interface CategoryChange {
  readonly name?: string;
  readonly hint?: string;
  readonly archived?: boolean;
}

export type ExportFormat = 'csv' | 'json';

/** The routes that only admins may write. Failures are what `toProblem` understands. */
@Injectable({ providedIn: 'root' })
export class AdminApi {
  private readonly http = inject(HttpClient);

  /** People with this in name or address; none for an empty text. Call it in a field initialiser. */
  people(term: () => string): HttpResourceRef<User[] | undefined> {
    return httpResource<User[]>(() => (term() ? { url: '/api/users', params: { q: term(), limit: 10 } } : undefined));
  }

  /** Call it in a field initialiser. */
  staffDefaults(): HttpResourceRef<StaffDefaults | undefined> {
    return httpResource<StaffDefaults>(() => '/api/staff-defaults');
  }

  /** Merged into those the server has. */
  changeStaffDefaults(change: StaffDefaultsChange): Observable<StaffDefaults> {
    return this.http.patch<StaffDefaults>('/api/staff-defaults', change);
  }

  invite(invitation: Invitation): Observable<User> {
    return this.http.post<User>('/api/users', invitation);
  }

  /** Up to 100 people; what comes back stands in their order. A repeat with the same `key` sends nothing twice. */
  inviteMany(people: readonly Invitation[], key: string): Observable<readonly InvitationResult[]> {
    const headers = { 'Idempotency-Key': key };
    return this.http
      .post<{ results: InvitationResult[] }>('/api/users/invitations', { people }, { headers })
      .pipe(map(({ results }) => results));
  }

  /** With a new link; the old one is worth nothing any more. */
  resendInvitation(userId: string): Observable<User> {
    return this.http.post<User>(`/api/users/${userId}/invitation`, null);
  }

  withdrawInvitation(userId: string): Observable<void> {
    return this.http.delete<void>(`/api/users/${userId}/invitation`);
  }

  /** All people of a filter as one file. */
  exportPeople(filter: Readonly<Record<string, string>>): Observable<Blob> {
    return this.http.get('/api/users/export', { params: { ...filter }, responseType: 'blob' });
  }

  updateUser(userId: string, change: UserChange): Observable<User> {
    return this.http.patch<User>(`/api/users/${userId}`, change);
  }

  removeUser(userId: string, reassignTo: string | null): Observable<void> {
    const params = reassignTo === null ? undefined : { reassignTo };
    return this.http.delete<void>(`/api/users/${userId}`, { params });
  }

  /** All entries of a filter as one file. */
  exportAudit(filter: Readonly<Record<string, string>>, format: ExportFormat): Observable<Blob> {
    return this.http.get('/api/audit/export', { params: { ...filter, format }, responseType: 'blob' });
  }

  /** Whether mails are sent, and how many wait. Call it in a field initialiser. */
  mailDelivery(): HttpResourceRef<MailDelivery | undefined> {
    return httpResource<MailDelivery>(() => '/api/mails/delivery');
  }

  /** Where a mail can be looked at, for some minutes. Call it in a field initialiser. */
  mailPreview(mailId: () => string): HttpResourceRef<MailPreviewLink | undefined> {
    return httpResource<MailPreviewLink>(() => `/api/mails/${mailId()}/preview-link`);
  }

  /** Tries at once to send what was given up, failed, or was kept. */
  retryMail(mailId: string): Observable<KeptMail> {
    return this.http.post<KeptMail>(`/api/mails/${mailId}/retry`, null);
  }

  /** Runs it. Call it in a field initialiser. */
  selfTest(): HttpResourceRef<Finding[] | undefined> {
    return httpResource<Finding[]>(() => '/api/self-test');
  }

  /** To the caller's own address. */
  tryMail(): Observable<MailTrial> {
    return this.http.post<MailTrial>('/api/self-test/mail', null);
  }

  /** Call it in a field initialiser. */
  settings(): HttpResourceRef<Setting[] | undefined> {
    return httpResource<Setting[]>(() => '/api/settings');
  }

  /** Call it in a field initialiser. */
  demoData(): HttpResourceRef<DemoData | undefined> {
    return httpResource<DemoData>(() => '/api/settings/demo');
  }

  removeDemo(): Observable<DemoRemoved> {
    return this.http.delete<DemoRemoved>('/api/settings/demo');
  }

  /** With the archived ones. Call it in a field initialiser. */
  categories(): HttpResourceRef<Category[] | undefined> {
    return httpResource<Category[]>(() => '/api/categories?archived=true');
  }

  /** How many tickets have each category that is in use. Call it in a field initialiser. */
  categoryUses(): HttpResourceRef<CategoryUses[] | undefined> {
    return httpResource<CategoryUses[]>(() => '/api/categories/uses');
  }

  orderCategories(ids: readonly string[]): Observable<Category[]> {
    return this.http.put<Category[]>('/api/categories/order', { ids });
  }

  /** One that no ticket uses. */
  removeCategory(categoryId: string): Observable<void> {
    return this.http.delete<void>(`/api/categories/${categoryId}`);
  }

  addCategory(category: CategoryChange): Observable<Category> {
    return this.http.post<Category>('/api/categories', category);
  }

  updateCategory(categoryId: string, change: CategoryChange): Observable<Category> {
    return this.http.patch<Category>(`/api/categories/${categoryId}`, change);
  }

  /** On all its tickets, in the background. */
  renameTag(tagId: string, name: string): Observable<UsedTag> {
    return this.http.patch<UsedTag>(`/api/tags/${tagId}`, { name });
  }

  /** Answers with the tag that is left. */
  mergeTag(tagId: string, into: string): Observable<UsedTag> {
    return this.http.post<UsedTag>(`/api/tags/${tagId}/merge`, { into });
  }

  removeTag(tagId: string): Observable<void> {
    return this.http.delete<void>(`/api/tags/${tagId}`);
  }

  /** Tags in use that begin like this, most used first. Call it in a field initialiser. */
  tagsLike(term: () => string | null): HttpResourceRef<UsedTag[] | undefined> {
    return httpResource<UsedTag[]>(() => {
      const q = term();
      return q === null ? undefined : { url: '/api/tags', params: { q, limit: 20 } };
    });
  }
}
