import { COMMON_WORDS } from './common-words';
import { isCommon, isNamed } from './password-guesses';

describe('common passwords', () => {
  it.each([
    ...['password123', 'Qwerty12345', 'P@ssw0rd!', 'Passw0rd2024', 'letmein!!', 'iloveyou1', 'PASSWORD', 'pa55word'],
    ...['12345678', '123456789012', '87654321', '11111111', 'aaaaaaaaaaaa', 'abcdefgh', 'abc12345', 'qwertyuiop'],
    ...['1qaz2wsx', '1q2w3e4r', 'asdfghjkl', 'zxcvbnm123', 'qwertz123', 'azerty123', '00000000', 'abababab'],
    ...['passwordpassword', 'adminadmin', 'test1234', 'Sommer2026!', 'Summer2026', 'welcome1', 'michael1', 'dragon99'],
    ...['24121999', '1999-12-24', '31.12.2001', 'ｐａｓｓｗｏｒｄ', 'letmein12345678', '!!!secret!!!', '2024football'],
  ])('are known in the form %j', (password) => {
    expect(isCommon(password)).toBe(true);
  });

  it.each([
    ...['kvtrwpqzhdnm', 'correct horse battery staple', '8 signs!', 'a password of twelve words', 'long enough'],
    ...['password kvtrwp', 'dragon 83 copper hinge', '🔑🔑🔒🔑 nine keys', '82736451920174', 'summer-7391-lamp-rope'],
    ...['Tr0ub4dor&3x', 'sunshine84921733920184', 'ελληνικά γράμματα', '天気がいいから散歩'],
  ])('are not what %j is', (password) => {
    expect(isCommon(password)).toBe(false);
  });

  it('are recognised in a moment, however long a password is', () => {
    const started = performance.now();
    for (const text of ['a'.repeat(127) + 'b', 'ab'.repeat(63) + 'c', '1'.repeat(64) + 'x' + '2'.repeat(63)])
      isCommon(text);
    expect(performance.now() - started).toBeLessThan(100);
  });

  it('stand in the list as they are compared: folded', () => {
    for (const word of COMMON_WORDS) expect(word).toMatch(/^[a-z]+$/);
    expect(COMMON_WORDS.size).toBeGreaterThan(1_000);
  });
});

describe('own words', () => {
  const names = ['parley', 'cora.lee@example.com', 'cora.lee', 'ann'];

  it.each(['Parley', 'parley123', 'ParleyParley', 'P4rl3y!', 'Cora.Lee@example.com', 'cora.lee2026', 'CORA.LEE!!'])(
    'are found in %j',
    (password) => {
      expect(isNamed(password, names)).toBe(true);
    },
  );

  it.each(['parley about the treaty', 'annual report of 1867', 'ann12345 is not enough to tell'])(
    'are not found in %j',
    (password) => {
      expect(isNamed(password, names)).toBe(false);
    },
  );
});
