import { Validators } from '@angular/forms';

import { t } from '../texts/text';

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

/** For a password that is being chosen. Which ones are too common is known to the server. */
export const NEW_PASSWORD_VALIDATORS = [
  Validators.required,
  Validators.minLength(PASSWORD_MIN),
  Validators.maxLength(PASSWORD_MAX),
];

/** How hard a password is to guess, roughly and in words; length counts most. */
export function strengthOf(password: string): string {
  if (password === '') return t('common.strength.advice');
  const distinct = new Set(password).size;
  const score = Math.min(password.length, distinct * 2);
  if (score < 8) return t('common.strength.weak');
  if (score < 12) return t('common.strength.fair');
  if (score < 16) return t('common.strength.good');
  return t('common.strength.veryGood');
}
