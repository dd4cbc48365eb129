import { filled } from './variables';

const TICKET = { id: 1042, subject: 'Blank pages', requester: { name: ' Cora van Lind ' } };

describe('filling a canned reply', () => {
  it.each([
    ['Hello {{customer.firstName}},', 'Hello Cora,'],
    ['{{ customer.name }} in {{ticket.number}}: {{ticket.subject}}', 'Cora van Lind in #1042: Blank pages'],
    ['{{agent.name}}, {{agent.firstName}}', 'Ana Silva, Ana'],
    ['Your {{device}} and {{customer.phone}}', 'Your {{device}} and {{customer.phone}}'],
    ['{{constructor}} {{}} {{ two words }}', '{{constructor}} {{}} {{ two words }}'],
    ['$& {{agent.firstName}} $1', '$& Ana $1'],
  ])('%j becomes %j', (body, expected) => {
    expect(filled(body, TICKET, { name: 'Ana Silva' })).toBe(expected);
  });

  it('leaves the mark where there is no name', () => {
    const nameless = { ...TICKET, requester: { name: ' ' } };
    expect(filled('Hello {{customer.firstName}}', nameless, { name: 'Ana' })).toBe('Hello {{customer.firstName}}');
  });

  it('fills nothing that came in with a value', () => {
    const tricky = { ...TICKET, subject: '{{agent.name}}' };
    expect(filled('{{ticket.subject}}', tricky, { name: 'Ana' })).toBe('{{agent.name}}');
  });
});
