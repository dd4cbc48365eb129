import { Language } from './languages';
import { TextFile } from './text-file';

/** What can be said before any file of texts came: that none comes, because the server does not answer. */
export const FIRST_WORDS: Readonly<Record<Language, TextFile>> = {
  en: {
    'common.unreachable.heading': 'Parley can not be reached',
    'common.unreachable.text':
      'The server gave no answer. It may be restarting, or your connection is down. This page goes on by itself.',
    'common.retry': 'Retry',
  },
  de: {
    'common.unreachable.heading': 'Parley ist nicht erreichbar',
    'common.unreachable.text':
      'Der Server hat nicht geantwortet. Vielleicht startet er gerade neu, oder Ihre Verbindung ist unterbrochen. Diese Seite macht von selbst weiter.',
    'common.retry': 'Erneut versuchen',
  },
};
