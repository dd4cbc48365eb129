import { triggerBefore } from './trigger';

/** The cursor stands at the bar. */
const at = (text: string): [string, string] | null => {
  const found = triggerBefore(text.replace('|', ''), text.indexOf('|'));
  return found && [found.sign, found.term];
};

describe('a list of offers', () => {
  it.each([
    ['@|', ['@', '']],
    ['Hello @an|', ['@', 'an']],
    ['(@Ana Si|', ['@', 'Ana Si']],
    ['@Ana and @Be|', ['@', 'Be']],
    ['first\n/|', ['/', '']],
    ['/restart the rou|', ['/', 'restart the rou']],
    ['so :smi|', [':', 'smi']],
    ['@an| and more', ['@', 'an']],
  ])('opens for %j', (text, expected) => {
    expect(at(text)).toEqual(expected);
  });

  it.each([
    ['cora@exam|'],
    ['https:/|'],
    ['https://a|'],
    ['and/or|'],
    ['@ |'],
    ['/ |'],
    ['@ana\n|'],
    ['at 10:30|'],
    [':D|'],
    [': smi|'],
    ['plain|'],
    ['|@ana'],
    [`@${'x'.repeat(61)}|`],
  ])('stays shut for %j', (text) => {
    expect(at(text)).toBeNull();
  });
});
