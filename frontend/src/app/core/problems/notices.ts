import { Injectable, signal } from '@angular/core';

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly kind: 'info' | 'lasting' | 'error';
  readonly requestId: string | null;
  readonly action: NoticeAction | null;
}

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

const MOST_AT_ONCE = 3;

/** Short notices at the lower left. Errors and questions stay until they are closed; the rest goes after six seconds. */
@Injectable({ providedIn: 'root' })
export class Notices {
  private readonly all = signal<readonly Notice[]>([]);
  private nextId = 1;

  readonly shown = this.all.asReadonly();

  info(text: string, action: NoticeAction | null = null): void {
    this.add({ id: this.nextId++, text, kind: 'info', requestId: null, action });
  }

  /** No failure, but it stays until it is closed: there is something to decide. */
  lasting(text: string, action: NoticeAction): void {
    this.add({ id: this.nextId++, text, kind: 'lasting', requestId: null, action });
  }

  error(text: string, requestId: string | null = null, action: NoticeAction | null = null): void {
    this.add({ id: this.nextId++, text, kind: 'error', requestId, action });
  }

  close(id: number): void {
    this.all.update((notices) => notices.filter((notice) => notice.id !== id));
  }

  private add(notice: Notice): void {
    this.all.update((notices) => [...notices.filter(({ text }) => text !== notice.text), notice].slice(-MOST_AT_ONCE));
  }
}
