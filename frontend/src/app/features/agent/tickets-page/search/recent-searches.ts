import { Injectable, computed, inject, signal } from '@angular/core';

import { BrowserStorage } from '../../../../core/session/browser-storage';
import { Session } from '../../../../core/session/session';

const MOST_KEPT = 5;

/** What this person searched for lately, kept on this device. */
@Injectable()
export class RecentSearches {
  private readonly storage = inject(BrowserStorage);
  private readonly session = inject(Session);
  private readonly kept = signal<readonly string[] | null>(null);

  /** Newest first. */
  readonly all = computed(() => this.kept() ?? this.read());

  add(q: string): void {
    const all = [q, ...this.all().filter((other) => other !== q)].slice(0, MOST_KEPT);
    this.kept.set(all);
    this.storage.write(this.name(), JSON.stringify(all));
  }

  private read(): readonly string[] {
    try {
      const found: unknown = JSON.parse(this.storage.read(this.name()) ?? '[]');
      return Array.isArray(found) ? found.filter((entry) => typeof entry === 'string').slice(0, MOST_KEPT) : [];
    } catch {
      return [];
    }
  }

  private name(): string {
    return `parley.searches.${this.session.user()?.id ?? ''}`;
  }
}
