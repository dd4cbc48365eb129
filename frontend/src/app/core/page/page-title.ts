import { Injectable, computed, effect, inject, signal } from '@angular/core';
import { DOCUMENT } from '@angular/common';
import { Title } from '@angular/platform-browser';
import { RouterStateSnapshot, TitleStrategy } from '@angular/router';

import { t } from '../../shared/texts/text';
import { TextKey } from '../../shared/texts/text-files';

const PRODUCT = 'Parley';
const ICON = '/favicon.svg';
const UNREAD_ICON = '/favicon-unread.svg';

/** The title of the browser tab: "(3) #1042 Printer - Parley"; its icon and the badge of the application say the same. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly document = inject(DOCUMENT);
  private readonly key = signal<TextKey | null>(null);
  private readonly name = signal<string | null>(null);
  private readonly unread = signal(0);
  private readonly text = computed(() => {
    const key = this.key();
    const page = this.name() ?? (key && t(key));
    const title = page ? `${page} - ${PRODUCT}` : PRODUCT;
    return this.unread() > 0 ? `(${this.unread()}) ${title}` : title;
  });

  constructor() {
    super();
    effect(() => this.title.setTitle(this.text()));
    effect(() => this.mark(this.unread()));
  }

  /** Routes name their title by the key of its text. */
  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.key.set((this.buildTitle(snapshot) as TextKey | undefined) ?? null);
    this.name.set(null);
  }

  /** For pages whose name is known only after loading; lasts until the next navigation. */
  setPage(name: string): void {
    this.name.set(name);
  }

  setUnread(count: number): void {
    this.unread.set(count);
  }

  private mark(count: number): void {
    const icon = this.document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const wanted = count > 0 ? UNREAD_ICON : ICON;
    if (icon && icon.getAttribute('href') !== wanted) icon.setAttribute('href', wanted);
    const { setAppBadge, clearAppBadge } = navigator as Partial<Navigator>;
    // Not where the application is not installed, or may not show a number.
    const ignore = (): void => undefined;
    if (count > 0) setAppBadge?.call(navigator, count).catch(ignore);
    else clearAppBadge?.call(navigator).catch(ignore);
  }
}
