import express from 'express';
import request from 'supertest';
import { SECURITY_TXT_PATH, securityTxt } from './security-txt';

const publicUrl = 'https://help.example.org';

const serverWith = (securityContact?: string): express.Express =>
  express().use(SECURITY_TXT_PATH, securityTxt({ publicUrl, securityContact }));

/** The fields of the file, by their names. */
async function fieldsWith(securityContact?: string): Promise<Record<string, string>> {
  const { text } = await request(serverWith(securityContact))
    .get(SECURITY_TXT_PATH)
    .expect(200)
    .expect('Content-Type', /^text\/plain/);
  return Object.fromEntries(
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/: (.*)/).slice(0, 2)),
  ) as Record<string, string>;
}

describe('security.txt', () => {
  it('names a way to report that every installation has, and its own address', async () => {
    expect(await fieldsWith()).toEqual({
      Contact: 'https://help.example.org/tickets/new',
      Expires: expect.any(String),
      Canonical: 'https://help.example.org/.well-known/security.txt',
      'Preferred-Languages': 'en',
    });
  });

  it.each(['mailto:security@example.org', 'https://example.org/report'])(
    'names %s when that is set',
    async (contact) => {
      expect((await fieldsWith(contact)).Contact).toBe(contact);
    },
  );

  it('never expires while it is served, and never claims to hold for a year', async () => {
    const left = Date.parse((await fieldsWith()).Expires) - Date.now();
    expect(left).toBeGreaterThan(30 * 24 * 3600 * 1000);
    expect(left).toBeLessThan(365 * 24 * 3600 * 1000);
  });

  it('is the one thing at this address that can be asked for', async () => {
    await request(serverWith()).post(SECURITY_TXT_PATH).expect(404);
    await request(serverWith()).get(`${SECURITY_TXT_PATH}/more`).expect(404);
  });
});
