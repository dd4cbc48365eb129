import type { MailLanguage, MailTexts } from './mail-texts';
import { german } from './mail-texts.de';
import { english } from './mail-texts.en';

export type { MailLanguage, MailReason, MailTexts, Wording } from './mail-texts';

const TEXTS: Record<MailLanguage, MailTexts> = { en: english, de: german };

/** All that mails say in a language. */
export const mailTexts = (language: MailLanguage): MailTexts => TEXTS[language];
