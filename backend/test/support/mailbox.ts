import { expectStatus, type Api } from './api-client';

export interface MailSeen {
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface Mailbox {
  /** The newest first. */
  mailsTo(address: string): Promise<MailSeen[]>;
  /** The token of the newest link to `page` that was mailed to an address. */
  tokenFor(address: string, page: string): Promise<string>;
}

/** What an application that cannot send mails has kept; links must lead to `publicUrl`. */
export function mailbox(api: Api, publicUrl: string): Mailbox {
  const mailsTo = async (address: string): Promise<MailSeen[]> => {
    const admin = await api.given.admin();
    const { body } = expectStatus(200, await admin.get('/api/mails?limit=100'));
    return (body as MailSeen[]).filter(({ to }) => to === address);
  };
  return {
    mailsTo,
    tokenFor: async (address, page) => {
      const link = new RegExp(`${publicUrl}/${page}\\?token=([\\w-]+)`);
      const mails = await mailsTo(address);
      for (const { text, html } of mails) {
        const [found, token] = link.exec(text) ?? [];
        if (found && html.includes(found)) return token;
      }
      throw new Error(`No link to ${page} in: ${mails.map(({ text }) => text).join('\n')}`);
    },
  };
}
