import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { ComponentFixture, DeferBlockBehavior, TestBed } from '@angular/core/testing';

import { aMe } from '../../../../../testing/builders';
import { signedInAs } from '../../../../../testing/fakes';
import { SearchField } from './search-field';

@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [SearchField],
  template: `<app-search-field
    [q]="q()"
    (changed)="change($event)"
    (numberEntered)="opened.set($event)"
    (left)="isLeft.set(true)"
  />`,
})
class Host {
  readonly q = signal('');
  readonly searched = signal<readonly string[]>([]);
  readonly opened = signal<number | null>(null);
  readonly isLeft = signal(false);

  change(q: string): void {
    this.q.set(q);
    this.searched.update((all) => [...all, q]);
  }
}

describe('SearchField', () => {
  let fixture: ComponentFixture<Host>;

  beforeEach(async () => {
    localStorage.clear();
    TestBed.configureTestingModule({
      deferBlockBehavior: DeferBlockBehavior.Playthrough,
      providers: [provideHttpClient(), provideHttpClientTesting(), signedInAs(aMe({ role: 'agent' }))],
    });
    await start();
  });

  async function start(): Promise<void> {
    await open();
    await answerNames([]);
  }
  async function open(): Promise<void> {
    fixture = TestBed.createComponent(Host);
    document.body.append(fixture.nativeElement as HTMLElement);
    fixture.detectChanges();
    field().focus();
    await pass(0);
  }
  async function answerNames(agents: readonly string[]): Promise<void> {
    const http = TestBed.inject(HttpTestingController);
    http.match('/api/agents').forEach((request) => request.flush(agents.map((name) => ({ name }))));
    http.match('/api/categories').forEach((request) => request.flush([]));
    await pass(0);
  }
  afterEach(() => (fixture.nativeElement as HTMLElement).remove());

  const field = (): HTMLInputElement =>
    (fixture.nativeElement as HTMLElement).querySelector('input') as HTMLInputElement;
  const offers = (): string[] =>
    field().getAttribute('aria-expanded') === 'true'
      ? [...(fixture.nativeElement as HTMLElement).querySelectorAll('.words')].map(
          ({ textContent }) => textContent ?? '',
        )
      : [];
  async function pass(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    fixture.detectChanges();
    await new Promise((resolve) => setTimeout(resolve));
    fixture.detectChanges();
  }
  async function type(text: string): Promise<void> {
    field().value = text;
    field().dispatchEvent(new Event('input'));
    await pass(0);
  }
  async function press(key: string): Promise<void> {
    field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await pass(0);
  }
  const host = (): Host => fixture.componentInstance;

  it('searches when the person pauses, and only for what stands there then', async () => {
    await type('pri');
    await type('printer');
    expect(host().searched()).toEqual([]);
    await pass(250);
    expect(host().searched()).toEqual(['printer']);
  });

  it('opens the ticket whose number was entered', async () => {
    await type('#1042');
    await press('Enter');
    await pass(250);
    expect([host().opened(), host().searched(), field().value]).toEqual([1042, [], '']);
  });

  it('says at once how a search can be narrowed, and takes it by keys alone', async () => {
    expect(offers()).toContain('status:');
    await press('ArrowDown');
    expect(field().getAttribute('aria-activedescendant')).toBe('search-offer-0');
    await press('Enter');
    expect(field().value).toBe('status:');
    expect(offers()).toEqual(['status:open', 'status:in_progress', 'status:resolved', 'status:closed']);
    await press('ArrowUp');
    await press('Enter');
    expect([field().value, host().searched()]).toEqual(['status:closed ', ['status:closed']]);
    expect(offers()).toEqual([]);
  });

  it('stays on the offer that the keys chose, when names arrive late', async () => {
    (fixture.nativeElement as HTMLElement).remove();
    await open();
    await type('assignee:');
    await press('ArrowDown');
    await answerNames(['Ana']);
    await press('Enter');
    expect(field().value).toBe('assignee:me ');
  });

  it('keeps what is typed while its answer comes', async () => {
    await type('printer tag:');
    await pass(250);
    expect([field().value, host().searched()]).toEqual(['printer tag:', ['printer']]);
  });

  it('remembers what was searched for', async () => {
    await type('printer');
    await press('Enter');
    (fixture.nativeElement as HTMLElement).remove();
    await start();
    expect(offers()[0]).toBe('printer');
  });

  it('is cleared by others, and by Escape step by step', async () => {
    await type('status');
    await press('Enter');
    host().q.set('');
    await pass(0);
    expect(field().value).toBe('');
    await type('st');
    await press('Escape');
    expect([field().value, offers()]).toEqual(['st', []]);
    await press('Escape');
    expect(field().value).toBe('');
    await pass(250);
    expect(host().searched()).toEqual(['status']);
  });

  it('leads on to what was found', async () => {
    await type('printer');
    await press('ArrowDown');
    expect(host().isLeft()).toBe(true);
  });
});
