import { Transform } from 'class-transformer';
import { ValidateBy, type ValidationOptions } from 'class-validator';

/** Code points that draw nothing: controls, format characters, blanks, and the fillers that look like blanks. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Z}\u115F\u1160\u3164\uFFA0\u2800\u034F\u180B-\u180F\uFE00-\uFE0F]/gu;

export const hasVisibleText = (text: string): boolean => text.replace(INVISIBLE, '').length > 0;

/** Text that both engines store unchanged: no NUL, no half of a surrogate pair. */
export const isStorableText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** A string that can be stored unchanged; with `visible` it must also show something. */
export function IsText(options: { visible: boolean }, validationOptions?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isText',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && isStorableText(value) && (!options.visible || hasVisibleText(value)),
        defaultMessage: () => '$property must be text with at least one visible character and without NUL characters',
      },
    },
    validationOptions,
  );
}

/** A string of `min` to `max` UTF-16 units, as pages count them; class-validator's namesake takes an emoji for one. */
export const Length = (min: number, max: number, validationOptions?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'length',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && value.length >= min && value.length <= max,
        defaultMessage: () =>
          min > 0 ? `$property must have ${min} to ${max} characters` : `$property must have at most ${max} characters`,
      },
    },
    validationOptions,
  );

export const MaxLength = (max: number, validationOptions?: ValidationOptions): PropertyDecorator =>
  Length(0, max, validationOptions);

/** Cuts white space at both ends before validation; leaves other types to the validators. */
export const Trim = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** How names are compared and found by their beginning: without regard to case and width, in at most `length` units. */
export const comparisonKey = (text: string, length: number): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/u, '');

/** The first `length` UTF-16 units on one line, never ending in half a character. */
export function excerpt(text: string, length: number): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= length) return line;
  return `${line.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}
