import { ComponentFixture, TestBed } from '@angular/core/testing';
import { signal } from '@angular/core';
import { Router, provideRouter } from '@angular/router';

import { Session } from '../../../core/session/session';
import { Problem } from '../../../shared/problems/problem';
import { LoginPage } from './login-page';

describe('LoginPage', () => {
  const state = signal('signed-out');
  const login = jest.fn();
  let fixture: ComponentFixture<LoginPage>;
  let page: HTMLElement;

  beforeEach(async () => {
    state.set('signed-out');
    login.mockReset();
    TestBed.configureTestingModule({
      providers: [provideRouter([]), { provide: Session, useValue: { state, login } }],
    });
    fixture = TestBed.createComponent(LoginPage);
    await fixture.whenStable();
    page = fixture.nativeElement as HTMLElement;
  });

  const type = (selector: string, value: string) => {
    const field = page.querySelector<HTMLInputElement>(selector);
    if (field) field.value = value;
  };
  const submit = async () => {
    page.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await fixture.whenStable();
  };

  it('tells password managers which field is which', () => {
    expect([...page.querySelectorAll('input')].map((field) => field.autocomplete)).toEqual([
      'username',
      'current-password',
    ]);
  });

  it('signs in with what was typed, without blanks around the address', async () => {
    login.mockResolvedValue({});
    type('input[type=email]', ' cora@example.com ');
    type('input[type=password]', ' secret ');
    await submit();
    expect(login).toHaveBeenCalledWith('cora@example.com', ' secret ');
  });

  it('asks for a field that was left empty and sends nothing', async () => {
    type('input[type=email]', 'cora@example.com');
    await submit();
    expect(login).not.toHaveBeenCalled();
    expect(page.querySelector('input[type=password]')?.getAttribute('aria-invalid')).toBe('true');
  });

  it('never says which part of a wrong sign-in was wrong', async () => {
    login.mockRejectedValue(new Problem({ status: 401, code: 'invalid-credentials', detail: 'x' }));
    type('input[type=email]', 'cora@example.com');
    type('input[type=password]', 'wrong');
    await submit();
    expect(page.querySelector('.trouble')?.textContent).toContain('E-mail and password do not fit together.');
  });

  it('says how long to wait after too many attempts', async () => {
    login.mockRejectedValue(new Problem({ status: 429, code: 'rate-limited', detail: 'x', retryAfterSeconds: 30 }));
    type('input[type=email]', 'cora@example.com');
    type('input[type=password]', 'wrong');
    await submit();
    expect(page.querySelector('.trouble')?.textContent).toContain('wait 30 seconds');
  });

  it('goes on to where the link pointed once signed in, also from another tab', async () => {
    const go = jest.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
    fixture.componentRef.setInput('returnUrl', '/tickets/1001');
    state.set('signed-in');
    await fixture.whenStable();
    expect(go).toHaveBeenCalledWith('/tickets/1001', { replaceUrl: true });
  });

  it('never goes to another site', async () => {
    const go = jest.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
    fixture.componentRef.setInput('returnUrl', 'https://evil.example/');
    state.set('signed-in');
    await fixture.whenStable();
    expect(go).toHaveBeenCalledWith('/', { replaceUrl: true });
  });
});
