import { ChangeDetectionStrategy, Component, signal, viewChild } from '@angular/core';
import { ComponentFixture, TestBed } from '@angular/core/testing';

import { RowWindow } from './row-window';

const HEIGHT = 100;
const VIEW = 400;

@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RowWindow],
  template: `
    <div #box class="box">
      <ul #window="rowWindow" [appRowWindow]="rows()" [box]="box" [keyOf]="same" (nearEnd)="asked.set(asked() + 1)">
        @for (drawn of window.drawn(); track drawn.row) {
          <li [style.inset-block-start.px]="drawn.top">
            <button type="button">{{ drawn.row }}</button>
          </li>
        }
      </ul>
    </div>
  `,
})
class Host {
  readonly rows = signal(numbers(1, 1_000));
  readonly asked = signal(0);
  readonly window = viewChild.required<RowWindow<number>>('window');
  readonly same = (row: number): number => row;
}

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('a window on many rows', () => {
  let fixture: ComponentFixture<Host>;
  let box: HTMLElement;

  beforeEach(async () => {
    // What a browser would lay out: a box of four rows, and a list that moves up as the box is scrolled.
    jest.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(VIEW);
    jest.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
      const top = this.tagName === 'UL' ? -box.scrollTop : 0;
      return { top, height: this.tagName === 'LI' ? HEIGHT : VIEW } as DOMRect;
    });
    fixture = TestBed.createComponent(Host);
    box = (fixture.nativeElement as HTMLElement).querySelector('.box') as HTMLElement;
    await fixture.whenStable();
  });
  afterEach(() => jest.restoreAllMocks());

  const drawn = (): number[] => [...box.querySelectorAll('li')].map((item) => Number(item.textContent));
  const scrollTo = async (top: number): Promise<void> => {
    box.scrollTop = top;
    box.dispatchEvent(new Event('scroll'));
    await fixture.whenStable();
  };
  /** Where a row stands in the view. */
  const placeOf = (row: number): number => fixture.componentInstance.rows().indexOf(row) * HEIGHT - box.scrollTop;

  it('draws those in view and a few beyond, of however many', async () => {
    expect(drawn()).toEqual(numbers(1, 14));
    await scrollTo(50_000);
    expect(drawn()).toEqual(numbers(491, 514));
    expect(box.querySelector('ul')?.style.blockSize).toBe('100000px');
  });

  it('keeps what is in view where it is while rows come above it', async () => {
    await scrollTo(50_030);
    const before = placeOf(502);
    fixture.componentInstance.rows.set([...numbers(-4, 0), ...numbers(1, 1_000)]);
    await fixture.whenStable();
    expect(placeOf(502)).toBe(before);
    expect(drawn()).toContain(502);
  });

  it('keeps the rest in view when the first row of it goes', async () => {
    await scrollTo(50_000);
    fixture.componentInstance.rows.set(numbers(1, 1_000).filter((row) => row !== 501 && row !== 7));
    await fixture.whenStable();
    expect([placeOf(502), placeOf(503)]).toEqual([HEIGHT, 2 * HEIGHT]);
  });

  it('shows at the top what comes there', async () => {
    fixture.componentInstance.rows.set(numbers(-1, 1_000));
    await fixture.whenStable();
    expect([box.scrollTop, drawn()[0]]).toEqual([0, -1]);
  });

  it('keeps the row that has the focus, however far it is scrolled away', async () => {
    box.querySelectorAll('button')[2]?.focus();
    await scrollTo(50_000);
    expect(drawn()).toEqual([3, ...numbers(491, 514)]);
    expect(document.activeElement?.textContent).toBe('3');
  });

  it('brings a row into view', async () => {
    fixture.componentInstance.window().reveal(600);
    await fixture.whenStable();
    expect(drawn()).toContain(601);
    expect(placeOf(601)).toBeLessThanOrEqual(VIEW - HEIGHT);
  });

  it('asks for more before the end is reached, and not before anybody scrolls', async () => {
    expect(fixture.componentInstance.asked()).toBe(0);
    await scrollTo(90_000);
    expect(fixture.componentInstance.asked()).toBeGreaterThan(0);
  });
});
