import type { AddressInfo } from 'node:net';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { SMTPServer } from 'smtp-server';
import { freePort, OwnServer } from './support/own-server';
import { signInOn } from './support/people';
import { findings } from './support/usable';

const ADMIN = { email: 'helen@example.org', password: 'seven herons on a roof', name: 'Helen' };

const serverWith = (smtpPort: number): Promise<OwnServer> =>
  OwnServer.start({
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    MAIL_FROM: 'Parley <help@example.org>',
  });

async function selfTest(browser: Browser, { origin }: OwnServer): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin });
  await signInOn(context, ADMIN);
  const page = await context.newPage();
  await page.goto('/admin/self-test');
  return page;
}

const mailRow = (page: Page) => page.getByRole('listitem').filter({ has: page.getByText('Mail', { exact: true }) });

test('with a mail server that is dead the self-test says what to do, and a trial what went wrong', async ({
  browser,
}) => {
  const server = await serverWith(await freePort());
  try {
    const page = await selfTest(browser, server);
    await expect(mailRow(page)).toContainText('Does not work');
    await expect(mailRow(page)).toContainText('Check SMTP_URL, its name and password');
    await page.getByRole('button', { name: 'Send me a test mail' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'It was not sent:' })).toContainText('ECONNREFUSED');
    expect(await findings(page)).toEqual([]);
  } finally {
    await server.remove();
  }
});

test('with a mail server that lives the self-test is content, and a trial shows its answer', async ({ browser }) => {
  const received: string[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, taken) {
      stream.resume().once('end', () => {
        received.push(...session.envelope.rcptTo.map(({ address }) => address));
        taken();
      });
    },
  });
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready));
  const server = await serverWith((smtp.server.address() as AddressInfo).port);
  try {
    const page = await selfTest(browser, server);
    await expect(mailRow(page)).toContainText('Works');
    await page.getByRole('button', { name: 'Send me a test mail' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'The mail server took it:' })).toContainText('250');
    expect(received).toEqual([ADMIN.email]);
  } finally {
    await server.remove();
    await new Promise<void>((ended) => smtp.close(ended));
  }
});
