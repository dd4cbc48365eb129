import { completePreferences, defaultPreferences, mergePreferences, type Preferences } from './preferences';

describe('a change of preferences', () => {
  it('leaves alone what it does not name', () => {
    expect(mergePreferences(defaultPreferences(), {})).toEqual(defaultPreferences());
  });

  it('reaches one member of the mails without touching the others', () => {
    const { email } = defaultPreferences();
    const merged = mergePreferences(defaultPreferences(), { email: { status: false } });
    expect(email.status).toBe(true);
    expect(merged.email).toEqual({ ...email, status: false });
  });

  it('switches off and on again', () => {
    const off = mergePreferences(defaultPreferences(), { sound: false, theme: 'dark', language: 'de' });
    expect(off).toMatchObject({ sound: false, theme: 'dark', language: 'de' });
    expect(mergePreferences(off, { sound: true }).sound).toBe(true);
  });

  it('takes a missing value for no change', () => {
    const patch = { sound: undefined, theme: undefined, email: { messages: undefined } };
    expect(mergePreferences(defaultPreferences(), patch)).toEqual(defaultPreferences());
  });

  it('keeps what a newer version stored', () => {
    const newer = { ...defaultPreferences(), digest: 'weekly' } as Preferences;
    expect(mergePreferences(newer, { sound: false })).toMatchObject({ digest: 'weekly', sound: false });
  });

  it('has a default for what was not thought of when they were stored', () => {
    const older: Partial<Preferences> = { ...defaultPreferences(), sound: false };
    delete older.takeBackSeconds;
    expect(completePreferences(older as Preferences)).toEqual({ ...defaultPreferences(), sound: false });
  });

  it('replaces lists as a whole', () => {
    const one = mergePreferences(defaultPreferences(), { keys: { changed: [{ command: 'ticket.claim', key: 'v' }] } });
    expect(one.keys).toEqual({ letters: true, changed: [{ command: 'ticket.claim', key: 'v' }] });
    const off = mergePreferences(one, { keys: { letters: false } });
    expect(off.keys).toEqual({ ...one.keys, letters: false });
    expect(mergePreferences(off, { keys: { changed: [] } }).keys).toEqual({ letters: false, changed: [] });
  });

  it('does not write into the preferences it was given', () => {
    const before = defaultPreferences();
    mergePreferences(before, { email: { messages: false }, sound: false });
    expect(before).toEqual(defaultPreferences());
  });
});
