import { isCharacterKey, keyCaps, keyNameOf } from './key-names';

const pressed = (key: string, init: KeyboardEventInit = {}): string | null =>
  keyNameOf(new KeyboardEvent('keydown', { key, ...init }));

describe('the name of a pressed key', () => {
  it.each([
    ['a letter on an English keyboard', 'j', { code: 'KeyJ' }, 'j'],
    ['the character, not the place: French a lies where q is', 'a', { code: 'KeyQ' }, 'a'],
    ['the character, not the place: German z lies where y is', 'z', { code: 'KeyY' }, 'z'],
    ['a letter with caps lock', 'J', { code: 'KeyJ' }, 'j'],
    ['German / on shift 7', '/', { code: 'Digit7', shiftKey: true }, '/'],
    ['German ? on shift ß', '?', { code: 'Minus', shiftKey: true }, '?'],
    ['French . on shift ;', '.', { code: 'Comma', shiftKey: true }, '.'],
    ['German [ on AltGr 8', '[', { code: 'Digit8', ctrlKey: true, altKey: true, modifierAltGraph: true }, '['],
    ['Mac German ] on Option 6', ']', { code: 'Digit6', altKey: true }, ']'],
    ['Turkish i beside ş', 'i', { code: 'Quote' }, 'i'],
    ['Turkish ı, where others have i', 'ı', { code: 'KeyI' }, 'i'],
    ['Greek ξ, where others have j', 'ξ', { code: 'KeyJ' }, 'j'],
    ['Russian к, where others have r', 'к', { code: 'KeyR' }, 'r'],
    ['German ö, where others have ;', 'ö', { code: 'Semicolon' }, 'ö'],
    ['Ctrl K', 'k', { code: 'KeyK', ctrlKey: true }, 'mod+k'],
    ['Cmd K', 'k', { code: 'KeyK', metaKey: true }, 'mod+k'],
    ['Ctrl K on a Greek keyboard, by its place', 'κ', { code: 'KeyK', ctrlKey: true }, 'mod+k'],
    ['Ctrl Q on a French keyboard, never by its place', 'q', { code: 'KeyA', ctrlKey: true }, 'mod+q'],
    ['shift with an arrow', 'ArrowDown', { shiftKey: true }, 'shift+ArrowDown'],
    ['a capital letter, which is no command of its own', 'J', { code: 'KeyJ', shiftKey: true }, 'shift+j'],
    ['F6', 'F6', {}, 'F6'],
  ] as const)('is, for %s', (_what, key, init, name) => expect(pressed(key, init)).toBe(name));

  it.each([
    ['Alt with a letter', 'j', { altKey: true }],
    ['AltGr with a letter, which types @ or € on many layouts', 'q', { modifierAltGraph: true }],
    ['a character that only Option types', '∆', { altKey: true, code: 'KeyJ' }],
    ['a dead key', 'Dead', { code: 'Equal' }],
    ['a modifier alone', 'Shift', { shiftKey: true }],
  ] as const)('is none for %s', (_what, key, init) => expect(pressed(key, init)).toBeNull());
});

describe('a key for people to read', () => {
  it('is written as on the caps', () => {
    expect(keyCaps('mod+k', false)).toEqual(['Ctrl', 'k']);
    expect(keyCaps('mod+k', true)).toEqual(['⌘', 'k']);
    expect(keyCaps('g m')).toEqual(['g', 'm']);
    expect(keyCaps('shift+ArrowDown', false)).toEqual(['Shift', '↓']);
    expect(keyCaps('+')).toEqual(['+']);
  });

  it('is known for one that types', () => {
    expect([isCharacterKey('j'), isCharacterKey('g m'), isCharacterKey('/')]).toEqual([true, true, true]);
    expect([isCharacterKey('F6'), isCharacterKey('mod+k'), isCharacterKey('Escape')]).toEqual([false, false, false]);
  });
});
