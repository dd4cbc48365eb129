import { Injectable } from '@angular/core';

/** localStorage that may be forbidden or full: reading answers null then, and writing answers whether it worked. */
@Injectable({ providedIn: 'root' })
export class BrowserStorage {
  read(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  write(key: string, value: string): boolean {
    try {
      localStorage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  }

  keys(): string[] {
    try {
      return Object.keys(localStorage);
    } catch {
      return [];
    }
  }

  remove(key: string): void {
    try {
      localStorage.removeItem(key);
    } catch {
      // What can not be reached was not written either.
    }
  }
}
