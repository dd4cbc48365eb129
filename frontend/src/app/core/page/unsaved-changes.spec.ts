import { Component, inject, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { Confirm } from '../../shared/dialogs/confirm';
import { Session } from '../session/session';
import { UnsavedChanges } from './unsaved-changes';

const isDirty = signal(false);

@Component({ template: '' })
class AForm {
  constructor() {
    inject(UnsavedChanges).hold(isDirty);
  }
}

describe('UnsavedChanges', () => {
  const user = signal<{ id: string } | null>({ id: 'ada' });
  const ask = jest.fn<Promise<boolean>, []>();

  beforeEach(() => {
    isDirty.set(true);
    user.set({ id: 'ada' });
    ask.mockReset().mockResolvedValue(false);
    TestBed.configureTestingModule({
      providers: [
        { provide: Confirm, useValue: { ask } },
        { provide: Session, useValue: { user } },
      ],
    });
  });

  const unloadIsStopped = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));

  it('lets nobody leave what was typed without a yes', async () => {
    TestBed.createComponent(AForm);
    expect(await TestBed.inject(UnsavedChanges).mayLeave()).toBe(false);
    ask.mockResolvedValue(true);
    expect(await TestBed.inject(UnsavedChanges).mayLeave()).toBe(true);
  });

  it('asks nothing where all is saved, or the form is gone', () => {
    const fixture = TestBed.createComponent(AForm);
    isDirty.set(false);
    expect(TestBed.inject(UnsavedChanges).mayLeave()).toBe(true);
    isDirty.set(true);
    fixture.destroy();
    expect(TestBed.inject(UnsavedChanges).mayLeave()).toBe(true);
    expect(ask).not.toHaveBeenCalled();
  });

  it('stops the reload of a page with unsaved changes, and not that of somebody who signed out', () => {
    TestBed.createComponent(AForm);
    expect(unloadIsStopped()).toBe(true);
    user.set(null);
    expect(unloadIsStopped()).toBe(false);
    expect(TestBed.inject(UnsavedChanges).mayLeave()).toBe(true);
  });
});
