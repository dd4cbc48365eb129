import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import { Role } from '../api/models';
import { redirectByRole, requireRole } from './guards';
import { Session } from './session';

@Component({ template: 'agents only' })
class AgentPage {}
@Component({ template: 'sign in' })
class SignInPage {}
@Component({ template: 'not here' })
class NotHerePage {}

describe('requireRole', () => {
  const role = signal<Role | null>(null);

  const visit = async (url: string) => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: 'login', component: SignInPage },
          { path: 'agent/tickets', canMatch: [requireRole('agent', 'admin')], component: AgentPage },
          { path: '**', component: NotHerePage },
        ]),
        { provide: Session, useValue: { role, ready: () => Promise.resolve() } },
      ],
    });
    const harness = await RouterTestingHarness.create(url);
    return harness.routeNativeElement?.textContent;
  };

  it.each(['agent', 'admin'] as const)('lets an %s in', async (who) => {
    role.set(who);
    expect(await visit('/agent/tickets')).toBe('agents only');
  });

  it('does not show a customer that the page exists', async () => {
    role.set('customer');
    expect(await visit('/agent/tickets')).toBe('not here');
  });

  it('leads strangers to the sign-in page and remembers where they wanted to go', async () => {
    role.set(null);
    expect(await visit('/agent/tickets?view=mine')).toBe('sign in');
    expect(TestBed.inject(Router).url).toBe('/login?returnUrl=%2Fagent%2Ftickets%3Fview%3Dmine');
  });
});

describe('redirectByRole', () => {
  const role = signal<Role | null>(null);

  const visit = async (url: string) => {
    let known = false;
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: 'login', component: SignInPage },
          { path: 'tickets/:id', redirectTo: redirectByRole((who, path) => `/${who}/${path}`) },
          { path: '**', component: NotHerePage },
        ]),
        {
          provide: Session,
          useValue: {
            role: () => (known ? role() : null),
            ready: async () => {
              await new Promise((resolve) => setTimeout(resolve, 1));
              known = true;
            },
          },
        },
      ],
    });
    await RouterTestingHarness.create(url);
    return TestBed.inject(Router).url;
  };

  it('waits until it is known who asks and leads to their form of the page', async () => {
    role.set('agent');
    expect(await visit('/tickets/1001?from=mail')).toBe('/agent/tickets/1001?from=mail');
  });

  it('leads strangers to the sign-in page with the address they had', async () => {
    role.set(null);
    expect(await visit('/tickets/1001')).toBe('/login?returnUrl=%2Ftickets%2F1001');
  });
});
