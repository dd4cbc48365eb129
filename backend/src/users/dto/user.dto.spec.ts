import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { EmailField } from './user.dto';

class Form {
  @EmailField() readonly email!: string;
}

const complaints = (email: unknown): string[] =>
  validateSync(plainToInstance(Form, { email })).flatMap(({ constraints }) => Object.keys(constraints ?? {}));

describe('an address in a form', () => {
  it.each(['cora@example.com', ' cora@example.com ', 'zoë@bücher.example', "o'hara+help@example.co.uk"])(
    'may be %j',
    (email) => {
      expect(complaints(email)).toEqual([]);
    },
  );

  it.each([
    ...['', 'cora', 'cora@', '@example.com', 'a@@b.example', 'cora@localhost', '\ud800', 'half\ud83d@example.com'],
    ...[
      'a\0b@example.com',
      'a@example.com\r\nBcc: b@example.com',
      '"a b"@example.com',
      `${'a'.repeat(250)}@example.com`,
    ],
    ...[null, 42, ['cora@example.com'], { email: 'cora@example.com' }],
  ])('may not be %j', (email) => {
    expect(complaints(email)).not.toEqual([]);
  });
});
