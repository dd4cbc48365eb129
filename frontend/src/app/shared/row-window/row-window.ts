import {
  DestroyRef,
  Directive,
  ElementRef,
  afterRenderEffect,
  computed,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';

/** A row that has to be drawn, and where. */
export interface DrawnRow<Row> {
  readonly row: Row;
  readonly index: number;
  /** From the upper edge of the list, in px. */
  readonly top: number;
}

interface Range {
  readonly first: number;
  readonly end: number;
}

/** Drawn beyond both edges, so that scrolling shows rows that are there already. */
const BEYOND = 10;
/** Until the first row was measured. */
const USUAL_HEIGHT = 112;
const USUAL_VIEW = 1_000;
/** Asked for more while so many rows are still below the view. */
const ROWS_AHEAD = 120;
const MARGIN = 8;

/**
 * On a list whose rows are all equally high, in a box that scrolls: tells which rows have to be drawn. Each is placed at
 * its `top`. What is in view stays in view while rows come and go above it, and the row that has the focus stays drawn.
 */
@Directive({
  selector: '[appRowWindow]',
  exportAs: 'rowWindow',
  host: {
    '[style.block-size.px]': 'rows().length * height()',
    '(focusin)': 'pin($event)',
    '(focusout)': 'pinned.set(null)',
  },
})
export class RowWindow<Row> {
  private readonly list = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly rows = input.required<readonly Row[]>({ alias: 'appRowWindow' });
  /** What scrolls. */
  readonly box = input.required<HTMLElement>();
  /** Tells rows apart. */
  readonly keyOf = input.required<(row: Row) => unknown>();
  /** The last rows come near. */
  readonly nearEnd = output();

  protected readonly height = signal(USUAL_HEIGHT);
  protected readonly pinned = signal<unknown>(null);
  private readonly range = signal<Range>(
    { first: 0, end: Math.ceil(USUAL_VIEW / USUAL_HEIGHT) + BEYOND },
    { equal: (one, other) => one.first === other.first && one.end === other.end },
  );
  /** The rows that were in view, from the first one on. */
  private inView: readonly unknown[] = [];
  private former: readonly Row[] = [];

  readonly drawn = computed((): DrawnRow<Row>[] => {
    const [rows, { first, end }, height] = [this.rows(), this.range(), this.height()];
    const indices = rows.slice(first, end).map((_row, offset) => first + offset);
    const pinned = this.pinned() === null ? -1 : rows.findIndex((row) => this.keyOf()(row) === this.pinned());
    if (pinned >= 0 && !indices.includes(pinned)) indices.push(pinned);
    return indices
      .toSorted((one, other) => one - other)
      .flatMap((index) => {
        const row = rows[index];
        return row === undefined ? [] : [{ row, index, top: index * height }];
      });
  });

  constructor() {
    const sizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this.measure());
    const look = (): void => this.look();
    let box: HTMLElement | null = null;
    afterRenderEffect(() => {
      box = this.box();
      box.addEventListener('scroll', look, { passive: true });
      sizes?.observe(box);
    });
    afterRenderEffect(() => {
      const rows = this.rows();
      untracked(() => this.stay(rows));
    });
    inject(DestroyRef).onDestroy(() => {
      box?.removeEventListener('scroll', look);
      sizes?.disconnect();
    });
  }

  /** Scrolls as little as it takes to have this row in view and drawn. */
  reveal(index: number): void {
    const box = this.box();
    const { top, view } = this.place();
    const [start, end] = [index * this.height() - MARGIN, (index + 1) * this.height() + MARGIN];
    if (start < top) box.scrollTop += start - top;
    else if (end > top + view) box.scrollTop += end - top - view;
    this.look();
  }

  protected pin({ target }: FocusEvent): void {
    const items = [...this.list.children];
    const at = items.findIndex((item) => target instanceof Node && item.contains(target));
    const drawn = this.drawn()[at];
    this.pinned.set(drawn ? this.keyOf()(drawn.row) : null);
  }

  private measure(): void {
    const height = this.list.firstElementChild?.getBoundingClientRect().height;
    if (height) this.height.set(height);
    this.look();
  }

  private look(): void {
    const [rows, height] = [this.rows(), this.height()];
    const { top, view } = this.place();
    const first = Math.max(0, Math.floor(top / height));
    const end = Math.ceil((Math.max(top, 0) + view) / height);
    this.range.set({ first: Math.max(0, first - BEYOND), end: end + BEYOND });
    this.inView = top > 0 ? rows.slice(first, end).map((row) => this.keyOf()(row)) : [];
    if (top > 0 && end > rows.length - ROWS_AHEAD) this.nearEnd.emit();
  }

  /** Keeps the first row in view that is still there where it was. */
  private stay(rows: readonly Row[]): void {
    const [keyOf, former] = [this.keyOf(), this.former];
    this.former = rows;
    const places = new Map(this.inView.length > 0 ? rows.map((row, index) => [keyOf(row), index]) : []);
    const anchor = this.inView.find((key) => places.has(key));
    if (anchor !== undefined) {
      const moved = (places.get(anchor) ?? 0) - former.findIndex((row) => keyOf(row) === anchor);
      if (moved !== 0) this.box().scrollTop += moved * this.height();
    }
    this.measure();
  }

  /** Where the view begins, from the upper edge of the list, and how high it is. */
  private place(): { top: number; view: number } {
    const box = this.box();
    const top = box.getBoundingClientRect().top - this.list.getBoundingClientRect().top;
    return { top, view: box.clientHeight || USUAL_VIEW };
  }
}
