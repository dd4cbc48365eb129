import { newId } from '../src/common';
import { UnitOfWork } from '../src/database';
import { Mailer, renderMail } from '../src/mail';
import { MINUTE } from './support/moved-clock';
import { expectStatus, problem, testApi, type Person } from './support/api-client';
import { form, pdf } from './support/files';

const api = testApi();

const SCRIPT = '<script>alert(1)</script>';

/** The id of a mail whose subject is a script. */
async function mail(): Promise<string> {
  const content = renderMail({
    language: 'en',
    subject: SCRIPT,
    greeting: 'Hello,',
    paragraphs: ['Since Monday.'],
    action: { label: 'Open the ticket', url: 'https://help.example.com/tickets/1001' },
    closing: 'Bye',
  });
  const to = `${newId()}@example.com`;
  await api.part(UnitOfWork).run((tx) => api.part(Mailer).send(tx, to, content));
  const [{ id }] = await api.rows('SELECT id FROM mails WHERE recipient = ?', [to]);
  return String(id);
}

const linkFor = async (admin: Person, id: string): Promise<string> =>
  expectStatus(200, await admin.get(`/api/mails/${id}/preview-link`)).body.url as string;

describe('the preview of a mail', () => {
  it('opens without a token by its link, with a policy in which nothing runs or loads', async () => {
    const admin = await api.given.admin();
    const answer = expectStatus(200, await api.anyone.get(await linkFor(admin, await mail())));
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
    });
    expect(answer.body).toContain('<p class="line"');
    expect(answer.body).toContain('<base target="_blank">');
    expect(answer.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(answer.body).not.toContain('<script');
  });

  it('opens with the token of an admin, too', async () => {
    const admin = await api.given.admin();
    expectStatus(200, await admin.get(`/api/mails/${await mail()}/preview`));
  });

  it('is for admins alone: not for other roles, and not by a link of whoever is no admin any more', async () => {
    const [admin, other] = [await api.given.admin(), await api.given.admin()];
    const id = await mail();
    for (const person of [await api.given.agent(), await api.given.customer()])
      for (const path of ['preview', 'preview-link'])
        expect(await person.get(`/api/mails/${id}/${path}`)).toMatchObject(problem(403, 'forbidden'));
    const link = await linkFor(other, id);
    expectStatus(200, await admin.patch(`/api/users/${other.id}`, { role: 'agent' }));
    expect(await api.anyone.get(link)).toMatchObject({ ...problem(403, 'forbidden') });
    expect((await api.anyone.get(link)).headers['content-security-policy']).toContain('sandbox');
  });

  it('needs a link that is complete, of this mail, and not older than ten minutes', async () => {
    const admin = await api.given.admin();
    const [id, another] = [await mail(), await mail()];
    const link = await linkFor(admin, id);
    const refused = problem(401, 'unauthenticated');
    for (const wrong of [
      `/api/mails/${id}/preview`,
      link.replace(id, another),
      link.replace(/signature=.{4}/, 'signature=AAAA'),
      link.replace(/expires=\d/, 'expires=9'),
      `${link}&signature=x`,
    ])
      expect(await api.anyone.get(wrong)).toMatchObject(refused);
    api.clock.forward(10 * MINUTE);
    expect(await api.anyone.get(link)).toMatchObject(refused);
  });

  it('ends with the sign-in that the link was made for', async () => {
    const admin = await api.given.admin();
    const link = await linkFor(admin, await mail());
    expectStatus(204, await admin.post('/api/auth/logout', undefined, admin.cookie));
    expect(await api.anyone.get(link)).toMatchObject(problem(401, 'unauthenticated'));
  });

  it('does not open with the link to a file, nor a file with its link', async () => {
    const admin = await api.given.admin();
    const id = await mail();
    const ticket = await api.given.ticket({ by: admin });
    const upload = form({}, [{ bytes: pdf(), name: 'a.pdf', type: 'application/pdf' }], 'file');
    const file = expectStatus(201, await admin.post(`/api/tickets/${ticket.id}/attachments`, upload)).body;
    const fileQuery = String(file.url).split('?')[1];
    const mailQuery = (await linkFor(admin, id)).split('?')[1];
    const refused = problem(401, 'unauthenticated');
    expect(await api.anyone.get(`/api/mails/${id}/preview?${fileQuery}`)).toMatchObject(refused);
    expect(await api.anyone.get(`/api/mails/${file.id}/preview?${fileQuery}`)).toMatchObject(refused);
    expect(await api.anyone.get(`/api/attachments/${file.id}?${mailQuery}`)).toMatchObject(refused);
  });

  it('is not there of a mail that is not there', async () => {
    const admin = await api.given.admin();
    for (const path of ['preview', 'preview-link'])
      expect(await admin.get(`/api/mails/${newId()}/${path}`)).toMatchObject(problem(404, 'not-found'));
  });
});
