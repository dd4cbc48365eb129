import { signal } from '@angular/core';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { Subject } from 'rxjs';

import { App } from './app';
import { Session, SessionState } from './core/session/session';
import { RealtimeConnection } from './core/socket/realtime-connection';

describe('App, while the server gives no answer', () => {
  const state = signal<SessionState>('unreachable');
  const retry = jest.fn<Promise<void>, []>();
  let page: ComponentFixture<App>;

  beforeEach(() => {
    jest.useFakeTimers();
    state.set('unreachable');
    retry.mockReset().mockResolvedValue();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        { provide: Session, useValue: { state, retry, personId: signal(null), ended: new Subject<void>() } },
        { provide: RealtimeConnection, useValue: { isLost: signal(false) } },
      ],
    });
    page = TestBed.createComponent(App);
    page.detectChanges();
  });

  afterEach(() => jest.useRealTimers());

  it('says so, and asks again by itself', async () => {
    expect((page.nativeElement as HTMLElement).textContent).toContain('Parley can not be reached');
    await jest.advanceTimersByTimeAsync(4_000);
    expect(retry).toHaveBeenCalled();
  });

  it('asks at once when the network is back, and waits for one answer at a time', () => {
    retry.mockReturnValue(new Promise(() => undefined));
    window.dispatchEvent(new Event('online'));
    window.dispatchEvent(new Event('online'));
    expect(retry).toHaveBeenCalledTimes(1);
  });

  it('goes on to the page that was wanted, and asks no more', async () => {
    const navigate = jest.spyOn(TestBed.inject(Router), 'navigateByUrl');
    retry.mockImplementation(async () => state.set('signed-in'));
    window.dispatchEvent(new Event('online'));
    page.detectChanges();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(navigate).toHaveBeenCalledWith('/', { onSameUrlNavigation: 'reload' });
    expect(retry).toHaveBeenCalledTimes(1);
  });
});
