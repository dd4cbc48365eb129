import { partOf } from './byte-range';

const SIZE = 1_000;

describe('the part that a Range header asks for', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=0-99', { start: 0, end: 99 }],
    ['bytes=100-', { start: 100, end: 999 }],
    ['bytes=999-', { start: 999, end: 999 }],
    ['bytes=0-99999', { start: 0, end: 999 }],
    ['bytes=-1', { start: 999, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    ['BYTES=5-6', { start: 5, end: 6 }],
  ])('%s is %j', (range, part) => {
    expect(partOf(range, SIZE)).toEqual(part);
  });

  it.each([
    undefined,
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=a-b',
    'bytes=5-2',
    'bytes=1-2,4-5',
    'bytes=-1-2',
    'rows=0-1',
    'bytes=0x1-2',
  ])('is the whole for %j', (range) => {
    expect(partOf(range, SIZE)).toBeUndefined();
  });

  it.each(['bytes=1000-', 'bytes=1000-2000', 'bytes=-0', `bytes=${'9'.repeat(400)}-`])('is none for %j', (range) => {
    expect(() => partOf(range, SIZE)).toThrow(
      expect.objectContaining({ status: 416, headers: { 'Content-Range': 'bytes */1000' } }),
    );
  });
});
