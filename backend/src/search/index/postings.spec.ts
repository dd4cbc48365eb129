import { BlockBuilder } from './block-builder';
import { blockOf, changedPostings, eachPosting, numberAt, packWords, placeInBlock, unpackWords } from './postings';

const read = (postings: Buffer): [number, number][] => {
  const found: [number, number][] = [];
  eachPosting(postings, (place, fields) => found.push([place, fields]));
  return found;
};

it('a ticket number is its block and its place there', () => {
  for (const number of [1, 1001, 2047, 2048, 1_000_000, 2_000_000_000])
    expect(numberAt(blockOf(number), placeInBlock(number))).toBe(number);
});

it('postings are kept by place; changes replace, add and take away', () => {
  const first = changedPostings(
    undefined,
    new Map([
      [7, 1],
      [2047, 255],
      [0, 4],
    ]),
  );
  expect(read(first)).toEqual([
    [0, 4],
    [7, 1],
    [2047, 255],
  ]);
  expect(
    read(
      changedPostings(
        first,
        new Map([
          [7, 0],
          [8, 2],
          [0, 5],
        ]),
      ),
    ),
  ).toEqual([
    [0, 5],
    [8, 2],
    [2047, 255],
  ]);
  expect(
    changedPostings(
      first,
      new Map([
        [7, 0],
        [0, 0],
        [2047, 0],
      ]),
    ),
  ).toHaveLength(0);
});

it('the words of a ticket come back as they were packed', () => {
  const words = new Map([
    [1, 1],
    [4_000_000_000, 255],
  ]);
  expect(unpackWords(packWords(words))).toEqual(words);
});

it('a block that is built at once gives the same postings, word by word', () => {
  const builder = new BlockBuilder(3);
  for (let place = 2_047; place >= 0; place -= 1)
    for (let word = 100; word > 0; word -= 1) if ((place + word) % 3 === 0) builder.add(word, place, 1 + (word % 255));
  const block = builder.build();
  for (let word = 1; word <= 100; word += 1) {
    const expected = Array.from({ length: 2_048 }, (_, place) => place).filter((place) => (place + word) % 3 === 0);
    expect(read(block.take(word) ?? Buffer.alloc(0))).toEqual(expected.map((place) => [place, 1 + (word % 255)]));
  }
  expect(block.take(101)).toBeNull();
});
