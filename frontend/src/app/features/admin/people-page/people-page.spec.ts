import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';

import { User } from '../../../core/api/models';
import { KeyListener } from '../../../core/commands/key-listener';
import { Notices } from '../../../core/problems/notices';
import { Session } from '../../../core/session/session';
import { Confirm } from '../../../shared/dialogs/confirm';
import type { Leave } from './leave-dialog';
import { Leaving } from './leaving';
import { PeoplePage } from './people-page';

const aUser = (overrides: Partial<User> = {}): User => ({
  id: 'ana',
  email: 'ana@example.com',
  name: 'Ana Silva',
  role: 'agent',
  active: true,
  invited: false,
  online: false,
  createdAt: '2026-03-02T09:00:00.000Z',
  invitedAt: null,
  lastSeenAt: null,
  lastAdmin: false,
  ...overrides,
});

describe('PeoplePage', () => {
  let fixture: ComponentFixture<PeoplePage>;
  let http: HttpTestingController;
  let isSure: boolean;
  let leave: Leave | undefined;

  beforeEach(() => {
    isSure = true;
    leave = { reassignTo: null };
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: Session, useValue: { user: signal({ id: 'helen' }) } },
        { provide: Confirm, useValue: { ask: () => Promise.resolve(isSure) } },
        { provide: Leaving, useValue: { ask: () => Promise.resolve(leave) } },
      ],
    });
    http = TestBed.inject(HttpTestingController);
    TestBed.inject(KeyListener).start();
  });

  async function open(...people: User[]): Promise<void> {
    fixture = TestBed.createComponent(PeoplePage);
    await settled();
    http.expectOne(({ url }) => url === '/api/users').flush(people);
    await settled();
  }

  async function settled(): Promise<void> {
    fixture.detectChanges();
    await new Promise((resolve) => setTimeout(resolve));
    fixture.detectChanges();
  }

  const element = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const text = (): string => element().textContent?.replace(/\s+/g, ' ') ?? '';
  const notice = (): string | undefined => TestBed.inject(Notices).shown().at(-1)?.text;
  const find = <Kind extends Element>(selector: string): Kind => element().querySelector<Kind>(selector) as Kind;

  function fill(name: string, value: string): void {
    const field = find<HTMLInputElement>(`[formControlName=${name}]`);
    field.value = value;
    field.dispatchEvent(new Event('input'));
  }

  async function chooseRole(name: string, role: string): Promise<HTMLSelectElement> {
    const select = find<HTMLSelectElement>(`[aria-label="Role of ${name}"]`);
    select.value = role;
    select.dispatchEvent(new Event('change'));
    await settled();
    return select;
  }

  async function invite(): Promise<void> {
    const loader = TestbedHarnessEnvironment.loader(fixture);
    await (await loader.getHarness(MatButtonHarness.with({ text: 'Invite' }))).click();
    fill('email', 'new@example.com');
    fill('name', 'New Agent');
    find<HTMLFormElement>('form').dispatchEvent(new Event('submit'));
    await settled();
  }

  it('shows who may not sign in yet, and who not any more', async () => {
    await open(aUser({ invited: true }), aUser({ id: 'ben', name: 'Ben', active: false }));
    expect(text()).toContain('Invited');
    expect(text()).toContain('Switched off');
  });

  it('invites an agent and shows them at once', async () => {
    await open();
    await invite();
    const request = http.expectOne({ url: '/api/users', method: 'POST' });
    expect(request.request.body).toEqual({ email: 'new@example.com', name: 'New Agent', role: 'agent' });
    request.flush(aUser({ id: 'new', name: 'New Agent', invited: true }));
    await settled();
    expect(text()).toContain('New Agent');
    expect(element().querySelector('form')).toBeNull();
  });

  it('says at the field that the address is taken, and keeps what was typed', async () => {
    await open();
    await invite();
    http
      .expectOne({ url: '/api/users', method: 'POST' })
      .flush({ code: 'email-taken', detail: 'Taken.' }, { status: 409, statusText: 'Conflict' });
    await settled();
    expect(text()).toContain('Somebody with this e-mail is here already.');
    expect(find<HTMLInputElement>('[formControlName=name]').value).toBe('New Agent');
  });

  it('says before anybody tries what cannot be done to the last admin, and why', async () => {
    await open(aUser({ role: 'admin', lastAdmin: true }), aUser({ id: 'ben', name: 'Ben', role: 'admin' }));
    const names = ['Role of Ana Silva', 'Switch off Ana Silva', 'Delete Ana Silva'];
    for (const name of names) {
      const control = find<HTMLButtonElement>(`[aria-label="${name}"]`);
      expect(control.disabled).toBe(true);
      const reason = element().querySelector(`#${control.getAttribute('aria-describedby')}`);
      expect(reason?.textContent).toContain('The only admin who can sign in');
    }
    expect(find<HTMLButtonElement>('[aria-label="Rename Ana Silva"]').disabled).toBe(false);
    for (const name of names.map((each) => each.replace('Ana Silva', 'Ben')))
      expect(find<HTMLButtonElement>(`[aria-label="${name}"]`).disabled).toBe(false);
  });

  it('looks again who the last admin is, after somebody became one', async () => {
    await open(aUser());
    await chooseRole('Ana Silva', 'admin');
    http.expectOne({ url: '/api/users/ana', method: 'PATCH' }).flush(aUser({ role: 'admin' }));
    await settled();
    http.expectOne(({ url, method }) => url === '/api/users' && method === 'GET').flush([aUser({ role: 'admin' })]);
  });

  it('tells whoever looks at themselves why they are not switched off here', async () => {
    await open(aUser({ id: 'helen', name: 'Helen', role: 'admin' }));
    expect(find<HTMLButtonElement>('[aria-label="Switch off Helen"]').disabled).toBe(true);
    expect(text()).toContain('This is you');
  });

  it('explains why the last admin stays one, and shows the old role again', async () => {
    await open(aUser({ role: 'admin' }));
    const select = await chooseRole('Ana Silva', 'agent');
    http
      .expectOne({ url: '/api/users/ana', method: 'PATCH' })
      .flush({ code: 'last-admin', detail: 'Last.' }, { status: 409, statusText: 'Conflict' });
    await settled();
    expect(notice()).toBe('Ana Silva is the last active admin. Make somebody else an admin first.');
    expect(select.value).toBe('admin');
  });

  it('asks before it changes a role, and does nothing without a yes', async () => {
    isSure = false;
    await open(aUser());
    const select = await chooseRole('Ana Silva', 'admin');
    http.expectNone({ url: '/api/users/ana', method: 'PATCH' });
    expect(select.value).toBe('agent');
  });

  it('switches a person off', async () => {
    await open(aUser());
    find<HTMLButtonElement>('[aria-label="Switch off Ana Silva"]').click();
    await settled();
    const request = http.expectOne({ url: '/api/users/ana', method: 'PATCH' });
    expect(request.request.body).toEqual({ active: false });
    request.flush(aUser({ active: false }));
    await settled();
    expect(text()).toContain('Switched off');
  });

  it.each([
    ['switched off', '[aria-label="Switch off Ana Silva"]', { active: false, reassignTo: 'ben' }],
    ['deleted', '[aria-label="Delete Ana Silva"]', null],
  ])('hands the tickets of somebody who is %s to whom the admin chose', async (_how, button, body) => {
    leave = { reassignTo: 'ben' };
    await open(aUser());
    find<HTMLButtonElement>(button).click();
    await settled();
    const { request } = http.expectOne(({ url, method }) => url === '/api/users/ana' && method !== 'GET');
    expect(request.body ?? null).toEqual(body);
    if (body === null) expect(request.params.get('reassignTo')).toBe('ben');
  });

  it('asks where the tickets go when an agent becomes a customer', async () => {
    leave = { reassignTo: 'ben' };
    await open(aUser());
    await chooseRole('Ana Silva', 'customer');
    const { request } = http.expectOne({ url: '/api/users/ana', method: 'PATCH' });
    expect(request.body).toEqual({ role: 'customer', reassignTo: 'ben' });
  });

  it('leaves the person alone without an answer', async () => {
    leave = undefined;
    await open(aUser());
    for (const button of ['Switch off Ana Silva', 'Delete Ana Silva']) {
      find<HTMLButtonElement>(`[aria-label="${button}"]`).click();
      await settled();
    }
    http.expectNone(({ url }) => url === '/api/users/ana');
  });

  async function inviteList(text: string): Promise<void> {
    find<HTMLButtonElement>('[aria-keyshortcuts=c]').click();
    await settled();
    find<HTMLButtonElement>('.other').click();
    await settled();
    const field = find<HTMLTextAreaElement>('textarea');
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await settled();
    find<HTMLFormElement>('form').dispatchEvent(new Event('submit'));
    await settled();
  }

  it('invites everybody of a pasted list who can be invited, and keeps the other lines with their troubles', async () => {
    await open();
    await inviteList('New Agent <new@example.com>\nnobody\nana@example.com');
    const request = http.expectOne({ url: '/api/users/invitations', method: 'POST' });
    expect(request.request.body).toEqual({
      people: [
        { email: 'new@example.com', name: 'New Agent', role: 'agent' },
        { email: 'ana@example.com', name: 'ana', role: 'agent' },
      ],
    });
    const taken = { code: 'email-taken', detail: 'There is already an account.' };
    request.flush({
      results: [
        { user: aUser({ id: 'new', name: 'New Agent', invited: true }), error: null },
        { user: null, error: taken },
      ],
    });
    await settled();
    expect(text()).toContain('New Agent');
    expect(text()).toContain('“nobody”: There is no e-mail address.');
    expect(text()).toContain('“ana@example.com”: There is already an account.');
    expect(find<HTMLTextAreaElement>('textarea').value).toBe('nobody\nana@example.com');
  });

  it('repeats the invitation of the same people under the same key', async () => {
    await open();
    await inviteList('new@example.com');
    const first = http.expectOne({ url: '/api/users/invitations', method: 'POST' });
    first.flush({ code: 'unavailable', detail: 'Try again.' }, { status: 503, statusText: 'Unavailable' });
    await settled();
    expect(find<HTMLTextAreaElement>('textarea').value).toBe('new@example.com');
    find<HTMLFormElement>('form').dispatchEvent(new Event('submit'));
    await settled();
    const second = http.expectOne({ url: '/api/users/invitations', method: 'POST' });
    const keyOf = ({ request }: typeof first): string | null => request.headers.get('Idempotency-Key');
    expect(keyOf(second)).toBe(keyOf(first));
  });

  const anInvited = aUser({ invited: true, invitedAt: new Date(Date.now() - 3 * 86_400_000).toISOString() });

  it('tells how old an open invitation is, and sends it again', async () => {
    await open(anInvited);
    expect(text()).toMatch(/Invitation sent 3 days ago/);
    find<HTMLButtonElement>('[aria-label="Send the invitation of Ana Silva again"]').click();
    http
      .expectOne({ url: '/api/users/ana/invitation', method: 'POST' })
      .flush({ ...anInvited, invitedAt: new Date().toISOString() });
    await settled();
    expect(text()).toMatch(/Invitation sent now/);
    expect(notice()).toContain('was mailed a new link');
  });

  it.each([
    [true, false],
    [false, true],
  ])('withdraws an invitation only after a yes: %s', async (answer, stays) => {
    isSure = answer;
    await open(anInvited);
    find<HTMLButtonElement>('[aria-label="Withdraw the invitation of Ana Silva"]').click();
    await settled();
    const url = '/api/users/ana/invitation';
    if (answer) http.expectOne({ url, method: 'DELETE' }).flush(null);
    else http.expectNone({ url, method: 'DELETE' });
    await settled();
    expect(text().includes('Ana Silva')).toBe(stays);
  });

  it('offers neither to people who have accepted', async () => {
    await open(aUser());
    expect(element().querySelector('[aria-label^="Send the invitation"], [aria-label^="Withdraw"]')).toBeNull();
  });

  it('renames a person', async () => {
    await open(aUser());
    find<HTMLButtonElement>('[aria-label="Rename Ana Silva"]').click();
    await settled();
    const field = find<HTMLInputElement>('[aria-label="New name of Ana Silva"]');
    field.value = ' Ana Costa ';
    field.form?.dispatchEvent(new Event('submit'));
    const request = http.expectOne({ url: '/api/users/ana', method: 'PATCH' });
    expect(request.request.body).toEqual({ name: 'Ana Costa' });
    request.flush(aUser({ name: 'Ana Costa' }));
    await settled();
    expect(text()).toContain('Ana Costa');
  });

  it.each([
    ['active', 'active=true&invited=false'],
    ['invited', 'active=true&invited=true'],
    ['off', 'active=false'],
    ['nonsense', ''],
  ])('shows the people of the address: %s', async (state, query) => {
    fixture = TestBed.createComponent(PeoplePage);
    fixture.componentRef.setInput('state', state);
    fixture.componentRef.setInput('role', 'agent');
    await settled();
    const { request } = http.expectOne(({ url }) => url === '/api/users');
    expect(request.params.delete('limit').toString()).toBe(['role=agent', query].filter(Boolean).join('&'));
  });

  const press = (key: string, on: EventTarget = document.body): boolean =>
    on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

  it('is used by keys, which keep what was typed unless somebody says yes', async () => {
    await open(aUser());
    press('/');
    await settled();
    const search = find<HTMLInputElement>('input[type=search]');
    press('c', search);
    await settled();
    expect(element().querySelector('app-invite-form')).toBeNull();
    press('c');
    await settled();
    fill('name', 'New Agent');
    isSure = false;
    press('Escape', find('[formControlName=name]'));
    await settled();
    expect(find<HTMLInputElement>('[formControlName=name]').value).toBe('New Agent');
    isSure = true;
    press('Escape');
    await settled();
    expect(element().querySelector('app-invite-form')).toBeNull();
  });

  it('lets nobody switch themselves off', async () => {
    await open(aUser({ id: 'helen', name: 'Helen' }));
    expect(find<HTMLButtonElement>('[aria-label="Switch off Helen"]').disabled).toBe(true);
  });
});
