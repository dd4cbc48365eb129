import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ComponentFixture, TestBed } from '@angular/core/testing';

import { Category } from '../../../core/api/models';
import { KeyListener } from '../../../core/commands/key-listener';
import { Confirm } from '../../../shared/dialogs/confirm';
import { CategoriesPage } from './categories-page';

const aCategory = (id: string, name: string): Category => ({ id, name, hint: null, archived: false });
const [BILLING, TECHNICAL, OTHER] = [
  aCategory('billing', 'Billing'),
  aCategory('technical', 'Technical'),
  aCategory('other', 'Other'),
];

describe('CategoriesPage', () => {
  let fixture: ComponentFixture<CategoriesPage>;
  let http: HttpTestingController;
  let isSure: boolean;

  beforeEach(async () => {
    isSure = true;
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: Confirm, useValue: { ask: () => Promise.resolve(isSure) } },
      ],
    });
    http = TestBed.inject(HttpTestingController);
    TestBed.inject(KeyListener).start();
    fixture = TestBed.createComponent(CategoriesPage);
    await settled();
    http.expectOne('/api/categories?archived=true').flush([BILLING, TECHNICAL, OTHER]);
    http.expectOne('/api/categories/uses').flush([{ id: 'technical', uses: 12 }]);
    await settled();
  });

  async function settled(): Promise<void> {
    fixture.detectChanges();
    await new Promise((resolve) => setTimeout(resolve));
    fixture.detectChanges();
  }

  const element = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const names = (): (string | null)[] =>
    [...element().querySelectorAll('strong')].map(({ textContent }) => textContent);
  const button = (name: string): HTMLButtonElement =>
    element().querySelector<HTMLButtonElement>(`[aria-label="${name}"]`) as HTMLButtonElement;

  it('moves a category, says where it went, and keeps the order that the server answers', async () => {
    button('Move Technical up').click();
    await settled();
    expect(names()).toEqual(['Technical', 'Billing', 'Other']);
    expect(element().textContent).toContain('Technical is number 1 of 3.');
    const request = http.expectOne({ url: '/api/categories/order', method: 'PUT' });
    expect(request.request.body).toEqual({ ids: ['technical', 'billing', 'other'] });
    request.flush([TECHNICAL, BILLING, OTHER]);
    await settled();
    expect(names()).toEqual(['Technical', 'Billing', 'Other']);
  });

  it('shows what the server has when it refuses an order', async () => {
    button('Move Technical up').click();
    http
      .expectOne({ url: '/api/categories/order', method: 'PUT' })
      .flush({ code: 'order-outdated', detail: 'Look again.' }, { status: 409, statusText: 'Conflict' });
    await settled();
    http.expectOne('/api/categories?archived=true').flush([BILLING, TECHNICAL]);
    await settled();
    expect(names()).toEqual(['Billing', 'Technical']);
  });

  it('moves nothing beyond the ends, and nothing in a part of the list', async () => {
    button('Move Billing up').click();
    button('Move Other down').click();
    const search = element().querySelector<HTMLInputElement>('input[type=search]') as HTMLInputElement;
    search.value = 'tech';
    search.dispatchEvent(new Event('input'));
    await settled();
    expect(names()).toEqual(['Technical']);
    button('Move Technical up').click();
    http.expectNone('/api/categories/order');
  });

  it('tells how many tickets use each, and deletes only what none uses, after a yes', async () => {
    expect(element().textContent).toContain('12 tickets');
    expect(button('Delete Technical')).toBeNull();
    isSure = false;
    button('Delete Other').click();
    await settled();
    http.expectNone('/api/categories/other');
    isSure = true;
    button('Delete Other').click();
    await settled();
    http.expectOne({ url: '/api/categories/other', method: 'DELETE' }).flush(null);
    await settled();
    expect(names()).toEqual(['Billing', 'Technical']);
  });

  it('keeps what was typed unless somebody says yes', async () => {
    const press = (key: string): boolean =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const name = (): HTMLInputElement | null => element().querySelector('[formControlName=name]');
    press('c');
    await settled();
    const field = name() as HTMLInputElement;
    field.value = 'Delivery';
    field.dispatchEvent(new Event('input'));
    await settled();
    expect(element().textContent).toContain('Not saved');
    isSure = false;
    press('Escape');
    await settled();
    expect(name()?.value).toBe('Delivery');
    isSure = true;
    press('Escape');
    await settled();
    expect(name()).toBeNull();
  });
});
