import { mentionedIn } from './mentions';

const PEOPLE = [
  { id: 'ana', name: 'Ana' },
  { id: 'silva', name: 'Ana Silva' },
  { id: 'ben', name: 'Ben Ö. Kaya' },
  { id: 'other-ben', name: 'ben ö. kaya' },
  { id: 'li', name: '李雷' },
  { id: 'nameless', name: '' },
];

describe('a mention', () => {
  it.each([
    ['@Ana please look', ['ana']],
    ['@Ana Silva please look', ['silva']],
    ['@ana silva, @Ana: both of you', ['silva', 'ana']],
    ['(@ANA)', ['ana']],
    ['@Anabel is somebody else', []],
    ['write to cora@Ana.example', []],
    ['@Ben Ö. Kaya', ['ben', 'other-ben']],
    [`@${'Ben Ö. Kaya'.normalize('NFD')}`, ['ben', 'other-ben']],
    ['@李雷', ['li']],
    ['@Ana @Ana @Ana', ['ana']],
    ['Ana, without the sign', []],
    ['@', []],
    ['@@Ana', ['ana']],
    ['@nobody', []],
  ])('%j means %j', (text, expected) => {
    expect(mentionedIn(text, PEOPLE)).toEqual(expected);
  });
});
