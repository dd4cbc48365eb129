import { SignInsService } from '../../src/auth';
import { hashSecret } from '../../src/common';
import { UnitOfWork } from '../../src/database';
import { testApi, type Person } from '../support/api-client';
import { DAY, MINUTE, SECOND } from '../support/moved-clock';

describe('the chain of refresh tokens', () => {
  const api = testApi();
  let ana: Person;
  let first: string;
  beforeEach(async () => {
    ana = await api.given.agent();
    first = ana.signIn.refreshToken;
  });

  const rotate = async (token: string): Promise<string> => {
    const started = await api.part(SignInsService).rotate(token);
    expect(started).toMatchObject({ userId: ana.id, signInId: ana.signIn.id });
    return started.refreshToken;
  };
  const isOpen = async (): Promise<boolean> =>
    (await api.part(SignInsService).actorOf(ana.signIn.id, ana.id)) !== undefined;
  const audited = (): Promise<unknown[]> =>
    api.rows(`SELECT id FROM audit_entries WHERE action = 'token.reused' AND objectId = ?`, [ana.signIn.id]);

  it('gives another token each time, of the same family, and stores none of them', async () => {
    const tokens = [first];
    for (let count = 0; count < 5; count += 1) {
      api.clock.forward(MINUTE);
      tokens.push(await rotate(tokens[count]));
    }
    expect(new Set(tokens).size).toBe(6);
    expect(new Set(tokens.map((token) => token.split('.')[0])).size).toBe(1);
    const rows = JSON.stringify(await api.rows('SELECT * FROM sign_ins WHERE id = ?', [ana.signIn.id]));
    for (const token of tokens) expect(rows).not.toContain(token.split('.')[1]);
    expect(rows).toContain(hashSecret(tokens[5]));
  });

  it('answers parallel pages with the very same successor', async () => {
    const successors = await Promise.all(Array.from({ length: 8 }, () => rotate(first)));
    expect(new Set(successors).size).toBe(1);
    api.clock.forward(9 * SECOND);
    await expect(rotate(first)).resolves.toBe(successors[0]);
    await expect(audited()).resolves.toEqual([]);
  });

  it('ends as a whole when an old token comes back later', async () => {
    const second = await rotate(first);
    api.clock.forward(11 * SECOND);
    await expect(rotate(first)).rejects.toThrow();
    await expect(rotate(second)).rejects.toThrow();
    await expect(isOpen()).resolves.toBe(false);
    await expect(audited()).resolves.toHaveLength(1);
  });

  it('ends as a whole when a token from two rotations ago comes back, however soon', async () => {
    const second = await rotate(first);
    const third = await rotate(second);
    await expect(rotate(first)).rejects.toThrow();
    await expect(rotate(third)).rejects.toThrow();
    await expect(isOpen()).resolves.toBe(false);
  });

  it('ends when somebody invents a token of the family', async () => {
    const [family] = first.split('.');
    await expect(rotate(`${family}.invented`)).rejects.toThrow();
    await expect(rotate(first)).rejects.toThrow();
  });

  it.each(['', '.', 'unknown.token', 'no-dot', `${'x'.repeat(200)}`])('knows nothing of %j', async (token) => {
    await expect(rotate(token)).rejects.toThrow();
    await expect(isOpen()).resolves.toBe(true);
  });

  it('ends after thirty days', async () => {
    api.clock.forward(31 * DAY);
    await expect(rotate(first)).rejects.toThrow();
    await expect(isOpen()).resolves.toBe(false);
  });

  it('ends alone, not with the other devices of the person', async () => {
    const phone = await api.device(ana.account);
    await api.part(SignInsService).endOne(ana.id, ana.signIn.id);
    await expect(isOpen()).resolves.toBe(false);
    await expect(api.part(SignInsService).actorOf(phone.signIn.id)).resolves.toMatchObject({ id: ana.id });
  });

  it('ends with the unit of work that ended it, or not at all', async () => {
    const failing = api.part(UnitOfWork).run(async (tx) => {
      await api.part(SignInsService).endAll(tx, ana.id, 'disabled');
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await expect(isOpen()).resolves.toBe(true);
  });
});
