import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable } from 'rxjs';

import { User } from '../../core/api/models';

export interface CustomerSearch {
  /** A part of the name or address; everybody when it is empty. */
  readonly q: string;
  readonly limit: number;
  /** Leaves out who was switched off. */
  readonly active?: true;
}

/** Staff only: the customers, as they are searched for beside tickets. */
@Injectable({ providedIn: 'root' })
export class PeopleApi {
  private readonly http = inject(HttpClient);

  customers({ q, limit, active }: CustomerSearch): Observable<User[]> {
    const params = { role: 'customer', limit, ...(active && { active }), ...(q && { q }) };
    return this.http.get<User[]>('/api/users', { params });
  }
}
