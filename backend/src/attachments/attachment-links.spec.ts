import type { Clock } from '../common';
import type { Settings } from '../config';
import { AttachmentLinks } from './attachment-links';
import type { Attachment } from './attachment.entity';

const ID = '01900000-0000-7000-8000-000000000001';
const PICTURE = {
  id: ID,
  filename: 'shot.png',
  mediaType: 'image/png',
  size: 1234,
  width: 640,
  height: 480,
  thumbnailKey: 'b'.repeat(32),
} as Attachment;

describe('AttachmentLinks', () => {
  let now: Date;
  const clock: Clock = { now: () => now };
  const links = new AttachmentLinks(clock, { jwtSecret: 'a secret of this test' } as Settings);
  const queryOf = (url = ''): Record<string, string> => Object.fromEntries(new URL(url, 'http://here').searchParams);

  beforeEach(() => (now = new Date('2026-05-01T12:00:00Z')));

  it('lets a link lead back to the sign-in it was made for', () => {
    const { url } = links.sign(PICTURE, 'sign-in');
    expect(url).toMatch(new RegExp(`^/api/attachments/${ID}\\?expires=\\d+&signIn=sign-in&signature=`));
    expect(links.check(ID, 'file', queryOf(url))).toBe('sign-in');
  });

  it('expires after ten minutes', () => {
    const query = queryOf(links.sign(PICTURE, 'sign-in').url);
    now = new Date('2026-05-01T12:09:59Z');
    expect(links.check(ID, 'file', query)).toBe('sign-in');
    now = new Date('2026-05-01T12:10:00Z');
    expect(links.check(ID, 'file', query)).toBeUndefined();
  });

  it('signs the small picture apart from the file', () => {
    const { url, thumbnailUrl } = links.sign(PICTURE, 'sign-in');
    expect(links.check(ID, 'thumbnail', queryOf(thumbnailUrl))).toBe('sign-in');
    expect(links.check(ID, 'thumbnail', queryOf(url))).toBeUndefined();
  });

  it.each([
    ['another sign-in', { signIn: 'somebody' }],
    ['a later end', { expires: '9999999999' }],
    ['a changed signature', { signature: 'x' }],
    ['a repeated parameter', { signature: ['a', 'b'] }],
    ['nothing', { signature: undefined }],
  ])('refuses %s', (_what, change) => {
    const query = queryOf(links.sign(PICTURE, 'sign-in').url);
    expect(links.check(ID, 'file', { ...query, ...change })).toBeUndefined();
  });

  it('refuses the link of another attachment', () => {
    const query = queryOf(links.sign(PICTURE, 'sign-in').url);
    expect(links.check('01900000-0000-7000-8000-000000000002', 'file', query)).toBeUndefined();
  });

  it('leaves out what a document does not have', () => {
    const pdf = {
      ...PICTURE,
      mediaType: 'application/pdf',
      width: null,
      height: null,
      thumbnailKey: null,
    } as Attachment;
    expect(links.plain(pdf)).toEqual({
      id: ID,
      filename: 'shot.png',
      mediaType: 'application/pdf',
      size: 1234,
      url: `/api/attachments/${ID}`,
    });
  });
});
