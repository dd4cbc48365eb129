import { Injectable, computed, effect, inject, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { RouterStateSnapshot, TitleStrategy } from '@angular/router';

const PRODUCT = 'Parley';

/** The title of the browser tab: "(3) #1042 Printer - Parley". */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly page = signal('');
  private readonly unread = signal(0);
  private readonly text = computed(() => {
    const name = this.page() ? `${this.page()} - ${PRODUCT}` : PRODUCT;
    return this.unread() > 0 ? `(${this.unread()}) ${name}` : name;
  });

  constructor() {
    super();
    effect(() => this.title.setTitle(this.text()));
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.page.set(this.buildTitle(snapshot) ?? '');
  }

  /** For pages whose name is known only after loading; lasts until the next navigation. */
  setPage(name: string): void {
    this.page.set(name);
  }

  setUnread(count: number): void {
    this.unread.set(count);
  }
}
