import { computed } from '@angular/core';

import { localTime } from '../time/local-time';
import { FIRST_WORDS } from './first-words';
import { firstSpoken, regionalForm } from './languages';
import { around, listed, t, textIfKnown, worded } from './text';
import { TextKey } from './text-files';
import { speak } from './text-loading';

describe('the texts of the page', () => {
  it('change with the language, wherever they are read as signals', async () => {
    const heading = computed(() => t('auth.signIn.heading'));
    expect(heading()).toBe('Sign in');
    await speak('de');
    expect(heading()).toBe('Anmelden');
    expect(document.documentElement.lang).toBe('de');
    expect(document.documentElement.dir).toBe('ltr');
  });

  it('have the form that fits their number, written as the language writes it', async () => {
    expect(t('customer.new.left', { count: 1200 })).toBe('1,200 left');
    expect(t('conversation.arrived', { count: 1 })).toBe('1 new message');
    await speak('de');
    expect(t('conversation.arrived', { count: 1 })).toBe('1 neue Nachricht');
    expect(t('customer.new.left', { count: 1200 })).toBe('noch 1.200');
  });

  it('can stand in tables and around other things', async () => {
    const table = worded({ low: 'tickets.priority.low' });
    await speak('de');
    expect(table.low).toBe('Niedrig');
    expect(around('auth.setup.demo', 'file')[1]).toContain('beim Start');
    expect(textIfKnown('problems.no-such-code')).toBeNull();
  });

  it('come with dates and lists of the same language', async () => {
    await speak('de');
    expect(localTime('2026-11-21T12:00:00', 'day')).toContain('21. November 2026');
    expect(listed(['Ana', 'Ben'])).toBe('Ana und Ben');
  });

  it('say without any file that the server does not answer, in the words of the files', async () => {
    for (const language of ['en', 'de'] as const) {
      await speak(language);
      for (const [key, words] of Object.entries(FIRST_WORDS[language])) expect(t(key as TextKey)).toBe(words);
    }
  });
});

describe('the language of a browser', () => {
  it.each([
    [['de-CH', 'en'], 'de'],
    [['fr-FR', 'de', 'en'], 'de'],
    [['fr-FR'], 'en'],
    [[], 'en'],
  ] as const)('%j is answered in %s', (tags, language) => expect(firstSpoken(tags)).toBe(language));

  it('keeps its country for dates', () => {
    expect(regionalForm('en', ['de-DE', 'en-GB'])).toBe('en-GB');
    expect(regionalForm('de', ['en-GB'])).toBe('de');
  });
});
