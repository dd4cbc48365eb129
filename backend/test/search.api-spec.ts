import { newId } from '../src/common';
import { aMessage, expectStatus, invalid, testApi, type Answer, type Person } from './support/api-client';
import { form, pdf } from './support/files';

const api = testApi();

interface Found {
  id: number;
  match?: { field: string; excerpt: { text: string; hit: boolean }[] };
}

const nextOf = ({ headers }: Answer): string | undefined => /^<([^>]+)>; rel="next"$/.exec(headers.link ?? '')?.[1];
const ids = (found: Found[]): number[] => found.map(({ id }) => id);

async function search(by: Person, q: string, more = ''): Promise<Found[]> {
  return expectStatus(200, await by.get(`/api/tickets?q=${encodeURIComponent(q)}&limit=100${more}`)).body as Found[];
}

async function find(by: Person, q: string, more = ''): Promise<number[]> {
  return ids(await search(by, q, more));
}

async function allPages(by: Person, path: string, between?: () => Promise<unknown>): Promise<number[]> {
  const seen: number[] = [];
  for (let next: string | undefined = path; next;) {
    const answer: Answer = expectStatus(200, await by.get(next));
    seen.push(...ids(answer.body as Found[]));
    next = nextOf(answer);
    await between?.();
  }
  return seen;
}

/** A customer whose tickets no other test has, by name. */
async function corpus<Name extends string>(
  texts: Record<Name, { subject?: string; description?: string; says?: string }>,
): Promise<{ cora: Person; named: Record<Name, number>; nameOf: (numbers: number[]) => Name[] }> {
  const cora = await api.given.customer();
  const named = {} as Record<Name, number>;
  for (const [name, { subject = 'Something', description = 'Nothing more.', says }] of Object.entries(texts) as [
    Name,
    { subject?: string; description?: string; says?: string },
  ][]) {
    const { id } = await api.given.ticket({ by: cora, subject, description });
    if (says) await api.given.message(cora, id, { body: says });
    named[name] = id;
  }
  const names = new Map(Object.entries(named).map(([name, id]) => [id as number, name as Name]));
  return { cora, named, nameOf: (numbers) => numbers.map((id) => names.get(id) as Name) };
}

describe('words', () => {
  let cora: Person;
  let found: (q: string, more?: string) => Promise<string[]>;
  beforeAll(async () => {
    const made = await corpus({
      printer: { subject: 'The printer prints blank pages', description: 'Since the update of yesterday.' },
      toner: { subject: 'Toner', description: 'Which toner fits our printer?' },
      invoice: { subject: 'Wrong invoice', says: 'The printer is on the invoice, but I never bought one.' },
      street: { subject: 'Straße und Müllabfuhr', description: 'Grüße an Herrn Müller, Größe XL.' },
      mueller: { subject: 'Anruf von Frau Mueller' },
      cafe: { subject: 'Café crème', description: 'Søren lives in Kraków, Łódź or Ærø.' },
      code: {
        subject: 'C++ and C# do not build',
        description: 'Error 0x80070005 in foo_bar, see @team, 100% of the time',
      },
      plain: { subject: 'C does not build either', description: '100 times' },
      order: { subject: 'Pages come out blank', description: 'All pages. Then blank ones.' },
      japanese: { subject: '印刷できません', description: 'プリンターが動かない' },
    });
    cora = made.cora;
    found = async (q, more) => made.nameOf(await find(cora, q, more));
  }, 60_000);

  it.each([
    ['printer', ['printer', 'toner', 'invoice']],
    ['PRINTER', ['printer', 'toner', 'invoice']],
    ['pages blank', ['order', 'printer']],
    ['blank pages', ['order', 'printer']],
    ['"blank pages"', ['printer']],
    ['“Blank  Pages”', ['printer']],
    ['"pages blank"', []],
    ['"blank pag', ['printer']],
    ['"blank pag"', []],
    ['print', ['printer', 'toner', 'invoice']],
    ['print pages', []],
    ['pages print', ['printer']],
    ['printe ', []],
    ['the printer with the', ['printer', 'toner', 'invoice']],
    ['the ', ['printer', 'code', 'invoice']],
    ['strasse', ['street']],
    ['STRASSE', ['street']],
    ['Straße', ['street']],
    ['müller', ['mueller', 'street']],
    ['muller', ['street']],
    ['mueller', ['mueller', 'street']],
    ['grosse', ['street']],
    ['cafe creme', ['cafe']],
    ['soren', ['cafe']],
    ['krakow lodz', ['cafe']],
    ['aero', ['cafe']],
    ['C++', ['code']],
    ['c#', ['code']],
    ['c ', ['plain', 'code']],
    ['@team', ['code']],
    ['@nobody', []],
    ['foo_bar', ['code']],
    ['0x8007', ['code']],
    ['100%', ['code']],
    ['%', ['code']],
    ['100', ['plain', 'code']],
    ['+(', ['code']],
    ['printer!', ['printer', 'toner', 'invoice']],
    ['(printer)', ['printer', 'toner', 'invoice']],
    ['printer*', ['printer', 'toner', 'invoice']],
    ['printer & toner', ['toner']],
    ['-printer', ['printer', 'toner', 'invoice']],
    ['blank, pages.', ['order', 'printer']],
    ['印刷', ['japanese']],
    ['できま', ['japanese']],
    ['刷', ['japanese']],
    ['刷字', []],
    ['プリンター', ['japanese']],
    ['giraffe', []],
    ['printer giraffe', []],
    ['***', []],
    ['?!', []],
    ['""', []],
    ['"', []],
  ])('%s finds %j', async (q, expected) => {
    expect(await found(q)).toEqual(expected);
  });

  it.each([
    "' OR 1=1 --",
    '\\',
    '+-x',
    '~*>',
    '"a" "b',
    'status:',
    ':',
    'tag',
    '\u{1F5A8}',
    'a'.repeat(200),
    '. '.repeat(100),
  ])('%s is answered', async (q) => {
    expect(await cora.get(`/api/tickets?q=${encodeURIComponent(q)}`)).toMatchObject({ status: 200 });
  });

  it('are sorted otherwise when that is asked for', async () => {
    expect(await found('printer', '&sort=createdAt')).toEqual(['printer', 'toner', 'invoice']);
    expect(await found('printer', '&sort=-createdAt')).toEqual(['invoice', 'toner', 'printer']);
  });

  it('bring the line that matches, in pieces', async () => {
    const [inSubject, inDescription, inMessage] = await search(cora, 'printer');
    expect(inSubject.match).toEqual({
      field: 'subject',
      excerpt: [
        { text: 'The ', hit: false },
        { text: 'printer', hit: true },
        { text: ' prints blank pages', hit: false },
      ],
    });
    expect(inDescription.match).toMatchObject({ field: 'description' });
    expect(inMessage.match).toMatchObject({ field: 'message' });
    const line = inMessage.match?.excerpt.map(({ text }) => text).join('');
    expect(line).toBe('The printer is on the invoice, but I never bought one.');
    expect(await search(cora, '', '')).not.toContainEqual(expect.objectContaining({ match: expect.anything() }));
  });
});

describe('the best match', () => {
  it('comes first: subject, file, description, message; at equal match what is open; then the newest', async () => {
    const word = `zanzibar${newId().slice(-6)}`;
    const cora = await api.given.customer();
    const agent = await api.given.agent();
    const closed = await api.given.ticketIn('closed', { by: cora, subject: `${word} again` });
    const old = await api.given.ticket({ by: cora, subject: `About ${word}` });
    const message = await api.given.ticket({ by: cora });
    await api.given.message(cora, message.id, { body: `It is ${word}.` });
    const described = await api.given.ticket({ by: cora, description: `A ${word}.` });
    const named = await api.given.ticket({ by: cora });
    const file = form({}, [{ bytes: pdf(), name: `${word}.pdf`, type: 'application/pdf' }], 'file');
    const staged = expectStatus(201, await cora.post(`/api/tickets/${named.id}/attachments`, file)).body;
    await api.given.message(cora, named.id, { attachmentIds: [staged.id] });
    const fresh = await api.given.ticket({ by: cora, subject: `${word}` });
    const begun = await api.given.ticket({ by: cora, subject: `${word}s` });
    expect(await find(agent, word)).toEqual(
      [fresh, old, closed, begun, named, described, message].map(({ id }: { id: number }) => id),
    );
    const [, , , , inFile] = await search(agent, word);
    expect(inFile.match).toEqual({
      field: 'file',
      excerpt: [
        { text: word, hit: true },
        { text: '.pdf', hit: false },
      ],
    });
  });
});

describe('ticket numbers', () => {
  it('find their ticket first, and words that are the same number', async () => {
    const { cora, named } = await corpus({ wanted: { subject: 'Wanted' }, other: { subject: 'Other' } });
    const { id } = await api.given.ticket({ by: cora, subject: `See ${named.wanted}` });
    expect(await find(cora, String(named.wanted))).toEqual([named.wanted, id]);
    expect(await find(cora, `#${named.wanted}`)).toEqual([named.wanted]);
    expect(await find(cora, `${named.wanted} wanted`)).toEqual([named.wanted]);
    expect(await find(cora, `#${named.wanted} other`)).toEqual([]);
    expect(await find(cora, '#999999999')).toEqual([]);
  });
});

describe('what customers must not notice', () => {
  const secret = `xylophone${newId().slice(-6)}`;
  let cora: Person;
  let agent: Person;
  let id: number;
  beforeAll(async () => {
    cora = await api.given.customer({ email: `cora.${secret}@example.com` });
    agent = await api.given.agent();
    ({ id } = await api.given.ticket({ by: cora, subject: 'Hidden things' }));
    await api.given.message(agent, id, { kind: 'note', body: `They own a ${secret}.` });
    const file = form({}, [{ bytes: pdf(), name: `memo-${secret}.pdf`, type: 'application/pdf' }], 'file');
    const staged = expectStatus(201, await agent.post(`/api/tickets/${id}/attachments`, file)).body;
    await api.given.message(agent, id, { kind: 'note', attachmentIds: [staged.id] });
  }, 30_000);

  it('is found by staff', async () => {
    const [found] = await search(agent, `They own a ${secret}`);
    expect(found).toMatchObject({ id, match: { field: 'note' } });
    expect(await find(agent, `memo-${secret}`)).toEqual([id]);
    expect(await find(agent, `cora.${secret}@example.com`)).toEqual([id]);
  });

  it.each([
    secret,
    `"a ${secret}"`,
    `memo ${secret}`,
    `cora.${secret}@example.com`,
    secret.slice(0, 12),
    `hidden ${secret}`,
  ])('is not found by the customer: %s', async (q) => {
    expect(await find(cora, q)).toEqual([]);
    expect(await find(cora, q, '&sort=-updatedAt')).toEqual([]);
  });

  it('does not move the order of what they find, nor their excerpts', async () => {
    const { id: newer } = await api.given.ticket({ by: cora, description: 'hidden' });
    const { id: other } = await api.given.ticket({ by: cora, description: 'hidden' });
    await api.given.message(agent, newer, { kind: 'note', body: 'hidden hidden hidden' });
    const found = await search(cora, 'hidden');
    expect(ids(found)).toEqual([id, other, newer]);
    expect(JSON.stringify(found)).not.toContain('note');
  });

  it('is true of foreign tickets as well', async () => {
    const stranger = await api.given.customer();
    for (const q of ['Hidden things', String(id), `#${id}`, 'status:open', `${id} hidden`])
      expect(await find(stranger, q)).toEqual([]);
  });

  it('is true of what only staff may ask', async () => {
    for (const q of ['tag:vpn', 'from:cora', 'x from:"cora"'])
      expect(await cora.get(`/api/tickets?q=${encodeURIComponent(q)}`)).toMatchObject(invalid('q'));
  });
});

describe('operators', () => {
  it('narrow what is found, alone and with words', async () => {
    const name = `Ottilie${newId().slice(-6)}`;
    const agentName = `Änne${newId().slice(-6)}`;
    const cora = await api.given.customer({ name: `${name} Vogel` });
    const agent = await api.given.agent({ name: agentName });
    const tag = `tag-${newId().slice(-6)}`;
    const { body: categories } = await agent.get('/api/categories');
    const billing = categories.find((category: { name: string }) => category.name === 'Billing');
    const { id: one } = await api.given.ticket({
      by: cora,
      subject: 'Tunnel one',
      priority: 'high',
      categoryId: billing.id,
    });
    const { id: two } = await api.given.ticket({ by: cora, subject: 'Tunnel two' });
    expectStatus(200, await agent.patch(`/api/tickets/${one}`, { tags: [tag, 'vpn'] }));
    expectStatus(200, await agent.post(`/api/tickets/${two}/claim`));
    expectStatus(200, await agent.put(`/api/tickets/${two}/status`, { status: 'in_progress' }));
    const found = (q: string, more = '') => find(agent, q, more);
    const mine = `from:${name}`;
    expect(await found(`${mine}`)).toEqual([two, one]);
    expect(await found(`from:"vogel ${name}"`)).toEqual([two, one]);
    expect(await found(`from:${cora.account.email}`)).toEqual([two, one]);
    expect(await found(`tunnel ${mine} status:open`)).toEqual([one]);
    expect(await found(`${mine} status:in-progress`)).toEqual([two]);
    expect(await found(`${mine} status:open,in_progress`)).toEqual([two, one]);
    expect(await found(`${mine} status:open status:in_progress`)).toEqual([two, one]);
    expect(await found(`${mine} status:unknown`)).toEqual([]);
    expect(await found(`${mine} priority:high`)).toEqual([one]);
    expect(await found(`${mine} assignee:none`)).toEqual([one]);
    expect(await found(`${mine} assignee:me`)).toEqual([two]);
    expect(await found(`assignee:${agentName.replace('Ä', 'a')}`)).toEqual([two]);
    expect(await found(`assignee:absent ${mine}`)).toEqual([two]);
    expect(await found(`tag:${tag}`)).toEqual([one]);
    expect(await found(`tag:${tag} tag:vpn`)).toEqual([one]);
    expect(await found(`tag:${tag} tag:other`)).toEqual([]);
    expect(await found(`${mine} category:billing`)).toEqual([one]);
    expect(await found(`${mine} category:none`)).toEqual([two]);
    expect(await found(`${mine} tunnel two`)).toEqual([two]);
    expect(await found(`${mine} two`, '&status=open')).toEqual([]);
    expect(await found(`${mine}`, '&status=in_progress')).toEqual([two]);
    const today = new Date().toISOString().slice(0, 10);
    expect(await found(`${mine} after:${today}`)).toEqual([two, one]);
    expect(await found(`${mine} before:${today}`)).toEqual([]);
    expect(await found(`${mine} tunnel after:2020 before:2100-01`)).toEqual([two, one]);
    expect(await agent.get('/api/tickets?q=before%3Asoon')).toMatchObject(invalid('q'));
    expect(await find(cora, 'tunnel status:open')).toEqual([one]);
    expect(await find(cora, 'assignee:none')).toEqual([one]);
  });

  it('that are not finished ask for nothing', async () => {
    const { cora, named } = await corpus({ one: { subject: 'Tunnel' } });
    for (const q of ['tunnel status:', 'status: tunnel']) expect(await find(cora, q)).toEqual([named.one]);
  });
});

describe('what has changed', () => {
  it('is found at once, and what is gone is not', async () => {
    const word = (): string => `w${newId().replaceAll('-', '')}`;
    const [first, second, third, described] = [word(), word(), word(), word()];
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora, subject: first, description: described });
    expect(await find(cora, first)).toEqual([id]);
    expectStatus(200, await cora.patch(`/api/tickets/${id}`, { subject: second }));
    expect(await find(cora, first)).toEqual([]);
    expect(await find(cora, second)).toEqual([id]);
    expect(await find(cora, described)).toEqual([id]);
    const said = await api.given.message(cora, id, { body: first });
    const kept = await api.given.message(cora, id, { body: `${third} ${described}` });
    expect(await find(cora, first)).toEqual([id]);
    expectStatus(200, await cora.patch(`/api/tickets/${id}/messages/${said.id}`, { body: 'Never mind.' }));
    expect(await find(cora, first)).toEqual([]);
    expect(await find(cora, 'never mind')).toEqual([id]);
    expectStatus(200, await cora.delete(`/api/tickets/${id}/messages/${kept.id}`));
    expect(await find(cora, third)).toEqual([]);
    expect(await find(cora, described)).toEqual([id]);
    expectStatus(204, await cora.delete(`/api/tickets/${id}`));
    expect(await find(cora, second)).toEqual([]);
    const admin = await api.given.admin();
    expect(await find(admin, second)).toEqual([]);
    expectStatus(200, await admin.post(`/api/tickets/${id}/restore`));
    expect(await find(cora, second)).toEqual([id]);
  });
});

describe('pages of results', () => {
  it('show each ticket once, best match and sorted, while others are written', async () => {
    const word = `page${newId().slice(-6)}`;
    const { cora, named } = await corpus({
      a: { subject: word },
      b: { description: word },
      c: { says: word },
      d: { subject: `${word} d` },
      e: { description: word },
      f: { says: word },
      g: { subject: `${word}s` },
    });
    const expected = Object.values(named).toSorted();
    const write = async (): Promise<void> => {
      const { id } = await api.given.ticket({ by: cora, subject: 'Meanwhile' });
      await cora.post(`/api/tickets/${id}/messages`, aMessage({ body: `not ${word}x` }));
    };
    for (const sort of ['', '&sort=createdAt', '&sort=-updatedAt', '&sort=-priority'])
      for (const limit of [1, 3]) {
        const seen = await allPages(cora, `/api/tickets?q=${word}%20&limit=${limit}${sort}`, write);
        expect(seen.toSorted()).toEqual(expected.filter((id) => id !== named.g));
      }
    const changed = await cora.get(`/api/tickets?q=${word}%20&limit=1`);
    expect(await cora.get((nextOf(changed) ?? '').replace(word, 'other'))).toMatchObject(invalid('cursor'));
  }, 60_000);

  it('can be counted and changed together, and agree with the list', async () => {
    const word = `bulk${newId().slice(-6)}`;
    const agent = await api.given.agent();
    const { named } = await corpus({ a: { subject: word }, b: { says: word }, c: {} });
    const { body: view } = expectStatus(201, await agent.post('/api/views', { name: word, filter: { q: word } }));
    const { body: counts } = await agent.get('/api/views/counts');
    expect(counts).toContainEqual({ id: view.id, count: 2 });
    const { body } = await agent.post('/api/tickets/bulk', { filter: { q: word }, action: { priority: 'low' } });
    expect(body.results).toMatchObject([
      { ticketId: named.a, ok: true },
      { ticketId: named.b, ok: true },
    ]);
  });
});
