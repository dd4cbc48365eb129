import { DestroyRef, DOCUMENT, Directive, effect, ElementRef, inject, Injectable, input } from '@angular/core';

const SHOWN_FOR_MS = 1_000;

/** Finds out what has been read: a message shown for a second in a window that is visible and has the focus. */
@Injectable()
export class ReadTracker {
  private readonly document = inject(DOCUMENT);
  private readonly window = this.document.defaultView;
  private readonly shown = new Map<Element, number>();
  private readonly timers = new Map<Element, ReturnType<typeof setTimeout>>();
  private readonly seqOf = new WeakMap<Element, number>();
  private readonly observer =
    typeof IntersectionObserver === 'undefined'
      ? null
      : new IntersectionObserver((entries) => entries.forEach((entry) => this.moved(entry)), {
          rootMargin: '0px 0px -16px 0px',
        });
  private report: (seq: number) => void = () => undefined;

  constructor() {
    const wake = (): void => this.restart();
    const sleep = (): void => this.stopAll();
    this.window?.addEventListener('focus', wake);
    this.window?.addEventListener('blur', sleep);
    this.document.addEventListener('visibilitychange', wake);
    inject(DestroyRef).onDestroy(() => {
      this.window?.removeEventListener('focus', wake);
      this.window?.removeEventListener('blur', sleep);
      this.document.removeEventListener('visibilitychange', wake);
      this.observer?.disconnect();
      this.stopAll();
    });
  }

  /** Who is told the number of each message that was read. */
  tell(report: (seq: number) => void): void {
    this.report = report;
  }

  watch(element: Element, seq: number): void {
    this.seqOf.set(element, seq);
    this.observer?.observe(element);
  }

  unwatch(element: Element): void {
    this.observer?.unobserve(element);
    this.left(element);
  }

  private moved(entry: IntersectionObserverEntry): void {
    const seq = this.seqOf.get(entry.target);
    if (!entry.isIntersecting || seq === undefined) return this.left(entry.target);
    this.shown.set(entry.target, seq);
    this.startTimer(entry.target, seq);
  }

  private left(element: Element): void {
    this.shown.delete(element);
    clearTimeout(this.timers.get(element));
    this.timers.delete(element);
  }

  private restart(): void {
    this.stopAll();
    for (const [element, seq] of this.shown) this.startTimer(element, seq);
  }

  private startTimer(element: Element, seq: number): void {
    clearTimeout(this.timers.get(element));
    if (!this.isWatched()) return;
    this.timers.set(
      element,
      setTimeout(() => this.isWatched() && this.report(seq), SHOWN_FOR_MS),
    );
  }

  private stopAll(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private isWatched(): boolean {
    return this.document.visibilityState === 'visible' && this.document.hasFocus();
  }
}

/** Marks the element of a message of somebody else; own and pending ones give null. */
@Directive({ selector: '[appReadMark]' })
export class ReadMark {
  readonly appReadMark = input.required<number | null>();

  constructor() {
    const tracker = inject(ReadTracker);
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    effect((onCleanup) => {
      const seq = this.appReadMark();
      if (seq === null) return;
      tracker.watch(element, seq);
      onCleanup(() => tracker.unwatch(element));
    });
  }
}
