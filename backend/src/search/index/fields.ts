/** Where in a ticket a word stands; what only staff may find has bits of its own. */
export const FIELD = {
  subject: 1,
  description: 2,
  message: 4,
  note: 8,
  file: 16,
  noteFile: 32,
  name: 64,
  email: 128,
} as const;

const STAFF_ONLY = FIELD.note | FIELD.noteFile | FIELD.email;
const ALL = 255;

/** The fields in which somebody may find. */
export const visibleFields = (isStaff: boolean): number => (isStaff ? ALL : ALL & ~STAFF_ONLY);

/** Words of subjects are kept a second time under this sign, so that they are found first however many others there are. */
export const SUBJECT_SIGN = '^^';

/** How much it means that a word stands there; a whole word is worth more than one that only begins so. */
export function weightOf(fields: number, isWhole: boolean): number {
  if (!fields) return 0;
  const place =
    fields & FIELD.subject
      ? 4
      : fields & (FIELD.name | FIELD.email | FIELD.file | FIELD.noteFile)
        ? 3
        : fields & FIELD.description
          ? 2
          : 1;
  return place * 2 + (isWhole ? 1 : 0);
}
