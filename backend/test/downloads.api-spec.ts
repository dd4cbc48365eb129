import { newId } from '../src/common';
import { expectStatus, problem, testApi, type Answer, type Person } from './support/api-client';
import { form, jpeg, pdf, png } from './support/files';
import { MINUTE } from './support/moved-clock';

const api = testApi();

interface File {
  id: string;
  url: string;
  thumbnailUrl: string;
}

/** A ticket with a picture and a document. */
async function withFiles(by: Person): Promise<{ id: number; picture: File; document: File }> {
  const answer = await by.post(
    '/api/tickets',
    form({ subject: 'a', description: 'b' }, [
      { bytes: await png({ width: 1_000, height: 500 }), name: 'shot 1.png', type: 'image/png' },
      { bytes: pdf(), name: 'paper.pdf', type: 'application/pdf' },
    ]),
  );
  const [picture, document] = expectStatus(201, answer).body.attachments;
  return { id: answer.body.id, picture, document };
}

async function attached(by: Person, ticketId: number, kind: string): Promise<File> {
  const file = form({}, [{ bytes: await jpeg(), name: 'a.jpg', type: 'image/jpeg' }], 'file');
  const { body: staged } = expectStatus(201, await by.post(`/api/tickets/${ticketId}/attachments`, file));
  return (await api.given.message(by, ticketId, { kind, attachmentIds: [staged.id] })).attachments[0];
}

describe('a file', () => {
  it('comes with headers that let nothing in it run', async () => {
    const cora = await api.given.customer();
    const { picture, document } = await withFiles(cora);
    const safe = {
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    };
    expect(await cora.get(`/api/attachments/${picture.id}`)).toMatchObject({
      status: 200,
      type: 'image/png',
      headers: { ...safe, 'content-disposition': `inline; filename="shot 1.png"; filename*=UTF-8''shot%201.png` },
    });
    expect(await cora.get(`/api/attachments/${document.id}`)).toMatchObject({
      status: 200,
      type: 'application/pdf',
      headers: { ...safe, 'content-disposition': `attachment; filename="paper.pdf"; filename*=UTF-8''paper.pdf` },
    });
    const asked = '?disposition=inline&type=text/html&response-content-type=text/html&download=0';
    const insisted = await cora.get(`/api/attachments/${document.id}${asked}`);
    expect(insisted).toMatchObject({
      type: 'application/pdf',
      headers: { 'content-disposition': expect.stringMatching(/^attachment/) },
    });
  });

  it('comes small as well, when it is a picture', async () => {
    const cora = await api.given.customer();
    const { picture, document } = await withFiles(cora);
    const full = await cora.get(`/api/attachments/${picture.id}`);
    const small = await cora.get(`/api/attachments/${picture.id}/thumbnail`);
    expect(small).toMatchObject({ status: 200, type: 'image/webp', headers: { 'x-content-type-options': 'nosniff' } });
    expect(small.body.length).toBeLessThan(full.body.length);
    expect(await cora.get(`/api/attachments/${document.id}/thumbnail`)).toMatchObject(problem(404, 'not-found'));
  });

  it('of a ticket is for its customer and staff', async () => {
    const [cora, other, agent, admin] = [
      await api.given.customer(),
      await api.given.customer(),
      await api.given.agent(),
      await api.given.admin(),
    ];
    const { picture } = await withFiles(cora);
    const path = `/api/attachments/${picture.id}`;
    expect(await api.anyone.get(path)).toMatchObject(problem(401, 'unauthenticated'));
    expect(await other.get(path)).toMatchObject(problem(403, 'forbidden'));
    for (const person of [cora, agent, admin]) expect((await person.get(path)).status).toBe(200);
  });

  it('of a note is for staff, whoever knows its number', async () => {
    const [cora, agent, colleague] = [await api.given.customer(), await api.given.agent(), await api.given.agent()];
    const { id } = await api.given.ticket({ by: cora });
    const file = await attached(agent, id, 'note');
    const reader = await attached(agent, id, 'chat');
    expect(await cora.get(`/api/attachments/${file.id}`)).toMatchObject(problem(403, 'forbidden'));
    expect(await cora.get(`/api/attachments/${file.id}/thumbnail`)).toMatchObject(problem(403, 'forbidden'));
    expect((await colleague.get(`/api/attachments/${file.id}`)).status).toBe(200);
    expect((await cora.get(`/api/attachments/${reader.id}`)).status).toBe(200);
  });

  it('that does not exist is not found; a malformed number is refused', async () => {
    const cora = await api.given.customer();
    expect(await cora.get(`/api/attachments/${newId()}`)).toMatchObject(problem(404, 'not-found'));
    expect((await cora.get('/api/attachments/..%2f..%2fjwt-secret')).status).toBe(400);
    expect(await api.anyone.get(`/api/attachments/${newId()}`)).toMatchObject(problem(401, 'unauthenticated'));
  });
});

describe('a signed link', () => {
  const open = (url: string): Promise<Answer> => api.anyone.get(url);

  it('opens the file without a token, for ten minutes', async () => {
    const cora = await api.given.customer();
    const { picture } = await withFiles(cora);
    expect((await open(picture.url)).status).toBe(200);
    expect(await open(picture.thumbnailUrl)).toMatchObject({ status: 200, type: 'image/webp' });
    api.clock.forward(11 * MINUTE);
    expect(await open(picture.url)).toMatchObject(problem(401, 'unauthenticated'));
    expect(await open(picture.thumbnailUrl)).toMatchObject(problem(401, 'unauthenticated'));
  });

  it('opens nothing else, and nothing once it was changed', async () => {
    const [cora, other] = [await api.given.customer(), await api.given.customer()];
    const { picture, document } = await withFiles(cora);
    const query = picture.url.split('?')[1];
    const later = new URLSearchParams(query);
    later.set('expires', String(Number(later.get('expires')) + 1));
    const somebody = new URLSearchParams(query);
    somebody.set('signIn', other.signIn.id);
    const wrong = [
      `/api/attachments/${picture.id}/thumbnail?${query}`,
      `/api/attachments/${document.id}?${query}`,
      `/api/attachments/${picture.id}?${later.toString()}`,
      `/api/attachments/${picture.id}?${somebody.toString()}`,
      `${picture.url}x`,
      `${picture.url}&signature=again`,
      picture.url.replace(/signature=[^&]+/, 'signature='),
    ];
    for (const url of wrong) expect(await open(url)).toMatchObject(problem(401, 'unauthenticated'));
  });

  it('ends with the sign-in it was made for', async () => {
    const cora = await api.given.customer();
    const { picture } = await withFiles(cora);
    expectStatus(204, await cora.post('/api/auth/logout', undefined, cora.cookie));
    expect(await open(picture.url)).toMatchObject(problem(401, 'unauthenticated'));
  });

  it('ends when the person is switched off, and asks for their rights of today', async () => {
    const [admin, agent] = [await api.given.admin(), await api.given.agent()];
    const { id } = await api.given.ticket();
    const file = await attached(agent, id, 'note');
    expectStatus(200, await admin.patch(`/api/users/${agent.id}`, { role: 'customer' }));
    expect([401, 403]).toContain((await open(file.url)).status);
    expectStatus(200, await admin.patch(`/api/users/${agent.id}`, { active: false }));
    expect((await open(file.url)).status).toBe(401);
  });

  it('is made anew for each reader', async () => {
    const [cora, agent] = [await api.given.customer(), await api.given.agent()];
    const { id, picture } = await withFiles(cora);
    const { body } = await agent.get(`/api/tickets/${id}`);
    expect(body.attachments[0].url).toContain(agent.signIn.id);
    expect(picture.url).toContain(cora.signIn.id);
  });
});
