import { Component } from '@angular/core';
import { ComponentFixture, TestBed } from '@angular/core/testing';

import { Disclosure } from './disclosure';

@Component({
  imports: [Disclosure],
  template: `
    <app-disclosure label="Account">
      <span disclosureButton>me</span>
      <a href="#elsewhere" (click)="$event.preventDefault()">Profile</a>
      <button type="button" class="inside">Sign out</button>
    </app-disclosure>
    <button type="button" class="outside">Elsewhere</button>
  `,
})
class Page {}

describe('Disclosure', () => {
  let fixture: ComponentFixture<Page>;
  let page: HTMLElement;

  beforeEach(async () => {
    fixture = TestBed.createComponent(Page);
    page = fixture.nativeElement as HTMLElement;
    document.body.append(page);
    await fixture.whenStable();
  });

  afterEach(() => page.remove());

  const button = () => page.querySelector<HTMLElement>('[aria-label=Account]');
  const isOpen = () => button()?.getAttribute('aria-expanded') === 'true';
  const click = async (selector: string) => {
    page.querySelector<HTMLElement>(selector)?.click();
    await fixture.whenStable();
  };
  const open = () => click('app-disclosure .button');

  it('has nothing of its panel on the page while it is closed', () => {
    expect(page.textContent).not.toContain('Sign out');
  });

  it('opens and closes by its button', async () => {
    await open();
    expect(isOpen()).toBe(true);
    expect(page.textContent).toContain('Sign out');
    await open();
    expect(isOpen()).toBe(false);
  });

  it('closes by Escape and gives the focus back', async () => {
    await open();
    page.querySelector<HTMLElement>('.inside')?.focus();
    page.querySelector('.inside')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await fixture.whenStable();
    expect(isOpen()).toBe(false);
    expect(document.activeElement).toBe(button());
  });

  it('closes by a click elsewhere and by following a link', async () => {
    await open();
    await click('.outside');
    expect(isOpen()).toBe(false);
    await open();
    await click('a');
    expect(isOpen()).toBe(false);
  });

  it('stays open for clicks on what is no link', async () => {
    await open();
    await click('.inside');
    expect(isOpen()).toBe(true);
  });
});
