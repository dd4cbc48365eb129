import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import { Role } from '../api/models';
import { requireRole } from './guards';
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
