import { ComponentFixture, TestBed } from '@angular/core/testing';

import { StaffDefaults, StaffDefaultsChange } from '../../../core/api/models';
import { NoticeWishes } from './notice-wishes';

const LOUD = { page: true, desktop: true, sound: true };
const OFF = { page: false, desktop: false, sound: false };
const WISHES: StaffDefaults = {
  email: { messages: true, status: false, assignments: true, mentions: true, priority: false, created: false },
  sound: true,
  notifications: {
    events: { created: OFF, assigned: LOUD, message: LOUD, mention: LOUD, status: LOUD, priority: LOUD },
    scope: 'followed',
    neutral: false,
    quietHours: { on: false, from: '22:00', to: '07:00' },
  },
};

describe('NoticeWishes', () => {
  let fixture: ComponentFixture<NoticeWishes>;
  let changes: StaffDefaultsChange[];

  function show(wishes: StaffDefaults = WISHES, isForStaff = true): HTMLElement {
    fixture = TestBed.createComponent(NoticeWishes);
    fixture.componentRef.setInput('wishes', wishes);
    fixture.componentRef.setInput('isForStaff', isForStaff);
    changes = [];
    fixture.componentInstance.changed.subscribe((change) => changes.push(change));
    fixture.detectChanges();
    return fixture.nativeElement as HTMLElement;
  }
  const box = (label: string): HTMLInputElement => {
    const found = (fixture.nativeElement as HTMLElement).querySelector<HTMLInputElement>(`[aria-label="${label}"]`);
    if (!found) throw new Error(`There is no "${label}".`);
    return found;
  };
  const namesOf = (page: HTMLElement): (string | null)[] =>
    [...page.querySelectorAll('input[aria-label]')].map((input) => input.getAttribute('aria-label'));

  it('shows customers what concerns them, without whose tickets', () => {
    const page = show(WISHES, false);
    expect(namesOf(page).filter((name) => name?.endsWith('Page'))).toEqual([
      'Messages: Page',
      'Status changed: Page',
      'Priority changed: Page',
    ]);
    expect(page.querySelector('select')).toBeNull();
  });

  it('has mails of everything, switched as they are', () => {
    const mails = namesOf(show()).filter((name) => name?.endsWith('Mail'));
    expect(mails.map((name) => [name, box(name ?? '').checked])).toEqual([
      ['Assigned to me: Mail', true],
      ['Messages: Mail', true],
      ['Mentions of me: Mail', true],
      ['Status changed: Mail', false],
      ['Priority changed: Mail', false],
      ['New tickets: Mail', false],
    ]);
  });

  it('tells what was switched, and nothing else', () => {
    show();
    box('New tickets: Page').click();
    box('Assigned to me: Mail').click();
    box('Mentions of me: Sound').click();
    box('New tickets: Mail').click();
    expect(changes).toEqual([
      { notifications: { events: { created: { page: true } } } },
      { email: { assignments: false } },
      { notifications: { events: { mention: { sound: false } } } },
      { email: { created: true } },
    ]);
  });

  it('announces nothing that does not stand on the page, and makes no sound where all are off', () => {
    show();
    expect([box('New tickets: Desktop').disabled, box('New tickets: Sound').disabled]).toEqual([true, true]);
    expect(box('Messages: Sound').disabled).toBe(false);
    show({ ...WISHES, sound: false });
    expect([box('Messages: Sound').disabled, box('Messages: Desktop').disabled]).toEqual([true, false]);
  });

  it('asks from when to when once quiet hours are on', () => {
    expect(show().querySelector('input[type="time"]')).toBeNull();
    const { notifications } = WISHES;
    const quietHours = { on: true, from: '21:30', to: '06:00' };
    const page = show({ ...WISHES, notifications: { ...notifications, quietHours } });
    const [from, to] = page.querySelectorAll<HTMLInputElement>('input[type="time"]');
    if (!from || !to) throw new Error('There are no times.');
    expect([from.value, to.value]).toEqual(['21:30', '06:00']);
    from.value = '20:00';
    from.dispatchEvent(new Event('change'));
    to.value = '';
    to.dispatchEvent(new Event('change'));
    expect(changes).toEqual([{ notifications: { quietHours: { from: '20:00' } } }]);
  });
});
