import { DOCUMENT } from '@angular/common';
import { Injectable, inject, signal } from '@angular/core';

export type DesktopPermission = NotificationPermission | 'unsupported';

/** What a notice on the desktop says, and what a click on it does. */
export interface DesktopNotice {
  readonly title: string;
  readonly text: string;
  /** A later notice with the same tag takes the place of this one. */
  readonly tag: string;
  readonly open: () => void;
}

/** Notices outside the browser window. They are asked for by a click alone. */
@Injectable({ providedIn: 'root' })
export class Desktop {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly current = signal<DesktopPermission>(this.look());

  readonly permission = this.current.asReadonly();

  async turnOn(): Promise<void> {
    if (this.look() === 'default') await Notification.requestPermission();
    this.current.set(this.look());
  }

  /** False where it cannot be shown. */
  show({ title, text, tag, open }: DesktopNotice): boolean {
    if (this.look() !== 'granted') return false;
    try {
      const notice = new Notification(title, { body: text, tag, icon: '/favicon.svg' });
      notice.onclick = () => {
        this.window?.focus();
        open();
        notice.close();
      };
      return true;
    } catch (error) {
      // Browsers of phones have the name, but show nothing that a page makes.
      if (!(error instanceof TypeError)) throw error;
      this.current.set('unsupported');
      return false;
    }
  }

  private look(): DesktopPermission {
    if (!this.window || !('Notification' in this.window) || !this.window.isSecureContext) return 'unsupported';
    return Notification.permission;
  }
}
