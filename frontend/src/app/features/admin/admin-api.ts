import { HttpClient, HttpResourceRef, httpResource } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { Observable } from 'rxjs';

import { Category, Role, User } from '../../core/api/models';

export interface Invitation {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

export interface UserChange {
  readonly name?: string;
  readonly role?: Role;
  readonly active?: boolean;
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

  invite(invitation: Invitation): Observable<User> {
    return this.http.post<User>('/api/users', invitation);
  }

  updateUser(userId: string, change: UserChange): Observable<User> {
    return this.http.patch<User>(`/api/users/${userId}`, change);
  }

  removeUser(userId: string): Observable<void> {
    return this.http.delete<void>(`/api/users/${userId}`);
  }

  /** All entries of a filter as one file. */
  exportAudit(filter: Readonly<Record<string, string>>, format: ExportFormat): Observable<Blob> {
    return this.http.get('/api/audit/export', { params: { ...filter, format }, responseType: 'blob' });
  }

  /** With the archived ones. Call it in a field initialiser. */
  categories(): HttpResourceRef<Category[] | undefined> {
    return httpResource<Category[]>(() => '/api/categories?archived=true');
  }

  addCategory(category: CategoryChange): Observable<Category> {
    return this.http.post<Category>('/api/categories', category);
  }

  updateCategory(categoryId: string, change: CategoryChange): Observable<Category> {
    return this.http.patch<Category>(`/api/categories/${categoryId}`, change);
  }
}
