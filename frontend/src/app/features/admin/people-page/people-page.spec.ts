import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';

import { User } from '../../../core/api/models';
import { Notices } from '../../../core/problems/notices';
import { Session } from '../../../core/session/session';
import { Confirm } from '../../../shared/dialogs/confirm';
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
  ...overrides,
});

describe('PeoplePage', () => {
  let fixture: ComponentFixture<PeoplePage>;
  let http: HttpTestingController;
  let isSure: boolean;

  beforeEach(() => {
    isSure = true;
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: Session, useValue: { user: signal({ id: 'helen' }) } },
        { provide: Confirm, useValue: { ask: () => Promise.resolve(isSure) } },
      ],
    });
    http = TestBed.inject(HttpTestingController);
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

  it('lets nobody switch themselves off', async () => {
    await open(aUser({ id: 'helen', name: 'Helen' }));
    expect(find<HTMLButtonElement>('[aria-label="Switch off Helen"]').disabled).toBe(true);
  });
});
