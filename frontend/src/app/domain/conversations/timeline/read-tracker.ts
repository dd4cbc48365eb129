import { DestroyRef, Directive, effect, ElementRef, inject, Injectable, input, signal, untracked } from '@angular/core';

import { WindowAttention } from '../../../core/page/window-attention';

const SHOWN_FOR_MS = 1_000;

/** Finds out what has been read: a message shown for a second in a window that is visible and has the focus. */
@Injectable()
export class ReadTracker {
  private readonly attention = inject(WindowAttention);
  private readonly shown = new Map<Element, number>();
  private readonly timers = new Map<Element, ReturnType<typeof setTimeout>>();
  private readonly seqOf = new WeakMap<Element, number>();
  private readonly observer =
    typeof IntersectionObserver === 'undefined'
      ? null
      : new IntersectionObserver((entries) => entries.forEach((entry) => this.moved(entry)), {
          rootMargin: '0px 0px -16px 0px',
        });
  private readonly highest = signal(0);
  private report: (seq: number) => void = () => undefined;

  /** The highest number that was read on this page. */
  readonly readUpTo = this.highest.asReadonly();

  constructor() {
    effect(() => {
      const isWatched = this.attention.isWatched();
      untracked(() => (isWatched ? this.restart() : this.stopAll()));
    });
    inject(DestroyRef).onDestroy(() => {
      this.observer?.disconnect();
      this.stopAll();
    });
  }

  /** Who is told the number of each message that was read. */
  tell(report: (seq: number) => void): void {
    this.report = report;
  }

  /** Another ticket has numbers of its own. */
  forget(): void {
    this.highest.set(0);
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
    if (!this.attention.isWatched()) return;
    this.timers.set(
      element,
      setTimeout(() => this.wasRead(seq), SHOWN_FOR_MS),
    );
  }

  private wasRead(seq: number): void {
    this.highest.update((known) => Math.max(known, seq));
    this.report(seq);
  }

  private stopAll(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
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
