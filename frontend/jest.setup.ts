import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless';

import { loadTexts, speak } from './src/app/shared/texts/text-loading';
import { TEXT_FILES, TextArea } from './src/app/shared/texts/text-files';

setupZonelessTestEnv();

/** Tests see the real words, all of them from the start, and begin in English; those without a page have none. */
if (typeof document !== 'undefined') {
  beforeAll(() => loadTexts(...(Object.keys(TEXT_FILES.en) as TextArea[])));
  afterEach(() => speak('en'));
}
