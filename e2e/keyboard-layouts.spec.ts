import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { aCase, chooseKind, closeAll, field, openOn } from './support/conversation';

interface Key {
  readonly code: string;
  readonly text: string;
  readonly altGr?: boolean;
  readonly shift?: boolean;
}

const key = (code: string, text: string): Key => ({ code, text });
const shifted = (code: string, text: string): Key => ({ code, text, shift: true });
const third = (code: string, text: string): Key => ({ code, text, altGr: true });

/** What each layout has that others do not, with the key it lies on: above all what needs AltGr, which is Ctrl and Alt. */
const LAYOUTS: Readonly<Record<string, readonly Key[]>> = {
  German: [
    ...[third('KeyQ', '@'), third('KeyE', '€'), third('Digit7', '{'), third('Digit8', '['), third('Digit9', ']')],
    ...[third('Digit0', '}'), third('Minus', '\\'), third('BracketRight', '~'), third('IntlBackslash', '|')],
    ...[third('KeyM', 'µ'), key('BracketLeft', 'ü'), key('Semicolon', 'ö'), key('Quote', 'ä'), key('Minus', 'ß')],
    ...[key('KeyZ', 'y'), key('KeyY', 'z'), shifted('Digit7', '/'), shifted('Minus', '?'), key('Backslash', '#')],
  ],
  French: [
    ...[third('Digit0', '@'), third('Digit3', '#'), third('Digit4', '{'), third('Digit5', '['), third('Digit6', '|')],
    ...[third('Digit8', '\\'), third('Minus', ']'), third('Equal', '}'), third('KeyE', '€'), third('Digit2', '~')],
    ...[key('Digit2', 'é'), key('Digit7', 'è'), key('Digit9', 'ç'), key('Digit0', 'à'), key('KeyQ', 'a')],
    ...[key('KeyW', 'z'), key('Semicolon', 'm'), shifted('Period', '/'), shifted('KeyM', '?'), shifted('Digit1', '1')],
  ],
  Turkish: [
    ...[third('KeyQ', '@'), third('Digit3', '#'), third('Digit4', '$'), third('Digit7', '{'), third('Digit8', '[')],
    ...[third('Digit9', ']'), third('Digit0', '}'), third('Minus', '\\'), third('KeyE', '€'), third('KeyT', '₺')],
    ...[key('KeyI', 'ı'), shifted('Quote', 'İ'), key('Quote', 'i'), key('BracketLeft', 'ğ'), key('Semicolon', 'ş')],
    ...[key('BracketRight', 'ü'), key('Comma', 'ö'), key('Period', 'ç'), shifted('Digit7', '/'), shifted('Minus', '?')],
  ],
  Greek: [
    ...[key('KeyR', 'ρ'), key('KeyN', 'ν'), key('KeyI', 'ι'), key('KeyA', 'α'), key('KeyS', 'σ'), key('KeyP', 'π')],
    ...[key('KeyL', 'λ'), key('KeyE', 'ε'), key('KeyU', 'θ'), key('KeyD', 'δ'), key('KeyC', 'ψ'), key('KeyG', 'γ')],
    ...[key('KeyW', 'ς'), third('KeyE', '€'), third('KeyC', '©'), third('Digit3', '£'), shifted('KeyQ', ':')],
    ...[
      key('Slash', '/'),
      shifted('Slash', '?'),
      key('BracketLeft', '['),
      key('BracketRight', ']'),
      key('Period', '.'),
    ],
  ],
};

const CTRL_AND_ALT = 2 | 1;
const SHIFT = 8;

/** As the system hands a key on: AltGr is a key of its own, and shows as Ctrl and Alt while it is held. */
async function press(keyboard: CDPSession, { code, text, altGr, shift }: Key): Promise<void> {
  const modifiers = altGr ? CTRL_AND_ALT : shift ? SHIFT : 0;
  if (altGr)
    await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'AltGraph', code: 'AltRight', modifiers });
  // The page sees the key with what is held; the character comes as an event of its own, for which nothing is held.
  await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: text, code, modifiers });
  await keyboard.send('Input.dispatchKeyEvent', { type: 'char', key: text, code, text, unmodifiedText: text });
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', key: text, code, modifiers });
  if (altGr) await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'AltGraph', code: 'AltRight' });
}

const chosenKind = (page: Page): Promise<string | null> =>
  page.getByRole('group', { name: 'Kind of message' }).locator('label.chosen').textContent();

test.afterEach(({ browser }) => closeAll(browser));

for (const [layout, keys] of Object.entries(LAYOUTS))
  test(`every character of a ${layout} keyboard goes into a reply and into a note, and does nothing else`, async ({
    browser,
  }) => {
    const { ticketId, agent, agentDesk } = await aCase();
    const page = await openOn(browser, agent, ticketId);
    const keyboard = await page.context().newCDPSession(page);
    const address = page.url();
    for (const kind of ['Comment', 'Note'] as const) {
      await chooseKind(page, kind);
      await field(page).fill('');
      await field(page).focus();
      for (const each of keys) {
        await press(keyboard, each);
        // A space after each: at the start of a word some of them open a list, which must not eat the next one.
        await page.keyboard.type(' ');
      }
      await expect(field(page)).toHaveValue(keys.map(({ text }) => `${text} `).join(''));
      await expect(field(page)).toBeFocused();
      expect((await chosenKind(page))?.trim()).toBe(kind);
      expect(page.url()).toBe(address);
      await field(page).fill('');
    }
    expect(await agentDesk.messages(ticketId)).toEqual([]);
    const ticket = await agentDesk.ask<{ status: string; priority: string }>('GET', `/tickets/${ticketId}`);
    expect(ticket).toMatchObject({ status: 'in_progress', priority: 'medium' });
  });
