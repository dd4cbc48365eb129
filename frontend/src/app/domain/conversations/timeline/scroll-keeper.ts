/** How near to the end counts as being there. */
const NEAR_END_PX = 48;

/** Follows the end of a scrolling box, but only while the reader is there. */
export class ScrollKeeper {
  private following = true;

  constructor(
    private readonly box: HTMLElement,
    private readonly moved: (atEnd: boolean) => void,
  ) {}

  get atEnd(): boolean {
    return this.following;
  }

  /** Call on every scroll of the box. */
  scrolled(): void {
    const atEnd = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < NEAR_END_PX;
    if (atEnd === this.following) return;
    this.following = atEnd;
    this.moved(atEnd);
  }

  /** Call after the content or the box has changed its size. */
  resized(): void {
    if (this.following) this.toEnd();
  }

  toEnd(): void {
    this.box.scrollTop = this.box.scrollHeight;
    this.scrolled();
  }

  /** Starts at the line of what is new, if that is further up than the end. */
  start(newLine: HTMLElement | null): void {
    this.toEnd();
    if (!newLine || newLine.offsetTop >= this.box.scrollTop) return;
    this.box.scrollTop = Math.max(0, newLine.offsetTop - 24);
    this.scrolled();
  }
}
