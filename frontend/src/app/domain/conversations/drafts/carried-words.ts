import { Injectable } from '@angular/core';

/** What was written elsewhere and goes on in the composer of a ticket. */
export interface Carried {
  readonly ticketId: number;
  readonly body: string;
  readonly files: readonly File[];
  /** It stands in the composer now, which keeps it. */
  readonly taken: () => void;
}

/** Carries words and files from one page into the composer of the next one. Until they are taken, where they come from keeps them. */
@Injectable({ providedIn: 'root' })
export class CarriedWords {
  private waiting: Carried | null = null;

  carry(words: Carried): void {
    this.waiting = words;
  }

  /** They are not to be taken any more. */
  putDown(): void {
    this.waiting = null;
  }

  take(ticketId: number): Carried | null {
    if (this.waiting?.ticketId !== ticketId) return null;
    const carried = this.waiting;
    this.waiting = null;
    return carried;
  }
}
