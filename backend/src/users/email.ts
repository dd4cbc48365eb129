import { domainToASCII } from 'node:url';

/**
 * The one form in which addresses are compared: NFKC, lower case, the domain as ASCII. Deliberately nothing more: dots
 * and plus signs mean what the mail server of that domain says they mean.
 */
export function canonicalEmail(email: string): string {
  const text = email.trim().normalize('NFKC').toLowerCase();
  const at = text.lastIndexOf('@');
  if (at < 0) return text;
  return `${text.slice(0, at)}@${domainToASCII(text.slice(at + 1)) || text.slice(at + 1)}`;
}
