import 'reflect-metadata';
import { ValidationFailed } from './domain-error';
import { QueryFlag, validationPipe } from './validation';

class FlagQuery {
  @QueryFlag() readonly unread?: boolean;
}

const parse = (query: object): Promise<FlagQuery> =>
  validationPipe().transform(query, { type: 'query', metatype: FlagQuery }) as Promise<FlagQuery>;

describe('a flag of a query', () => {
  it.each([
    [{}, undefined],
    [{ unread: 'true' }, true],
    [{ unread: '' }, true],
    [{ unread: 'false' }, false],
  ])('is read from %j as %s', async (query, expected) => {
    expect((await parse(query)).unread).toBe(expected);
  });

  it.each(['maybe', '1', 'TRUE', ['true', 'false'], 'constructor'])('is not guessed from %j', async (unread) => {
    await expect(parse({ unread })).rejects.toBeInstanceOf(ValidationFailed);
  });
});
