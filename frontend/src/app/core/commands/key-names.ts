/**
 * How a pressed key is written: `j`, `?`, `Escape`, `shift+ArrowDown`, `mod+k` (Ctrl or Cmd). A letter is the character
 * the layout produced, wherever it lies; where the layout has no Latin letters, it is the one at that position. Null for
 * what types a character on some layout, and for keys that are no key by themselves.
 */
export function keyNameOf(event: KeyboardEvent): string | null {
  const { key } = event;
  if (NOT_BY_THEMSELVES.test(key)) return null;
  const producesByAlt = event.altKey || event.getModifierState('AltGraph');
  if (producesByAlt) return isSign(key) ? key : null;
  const letter = letterOf(event);
  const name = letter ?? key;
  const shift = event.shiftKey && (letter !== null || key.length > 1) ? 'shift+' : '';
  return event.ctrlKey || event.metaKey ? `mod+${shift}${name}` : `${shift}${name}`;
}

/** Whether typing it in a text would leave a character there. */
export const isCharacterKey = (key: string): boolean => key.split(' ').every((part) => part.length === 1);

/** For people to read, part by part: `['Ctrl', 'K']`, `['g', 'm']`. */
export function keyCaps(key: string, isApple = isAppleKeyboard()): string[] {
  return key.split(' ').flatMap((part) => part.split(/(?<=.)\+/).map((piece) => CAPS(isApple)[piece] ?? capOf(piece)));
}

const NOT_BY_THEMSELVES = /^(?:Alt|AltGraph|CapsLock|Control|Dead|Meta|Process|Shift|Unidentified)$/;

const CAPS = (isApple: boolean): Readonly<Record<string, string>> => ({
  mod: isApple ? '⌘' : 'Ctrl',
  shift: isApple ? '⇧' : 'Shift',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
});

const capOf = (piece: string): string => (piece.length === 1 ? piece : piece.charAt(0).toUpperCase() + piece.slice(1));

const isAppleKeyboard = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

const isSign = (key: string): boolean => /^[!-/:-@[-`{-~]$/.test(key);

function letterOf({ key, code }: KeyboardEvent): string | null {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const isForeignLetter = /^\p{L}$/u.test(key);
  return isForeignLetter ? (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? null) : null;
}
