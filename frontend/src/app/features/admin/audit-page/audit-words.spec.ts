import { AuditEntry } from '../../../core/api/models';
import { detailsOf, objectLink, objectName } from './audit-words';

const entry = (fields: Partial<AuditEntry>): AuditEntry => ({
  id: 'e',
  at: '2026-03-02T09:00:00.000Z',
  actor: null,
  address: null,
  action: 'ticket.assigned',
  object: null,
  data: {},
  names: {},
  ...fields,
});

describe('an entry of the audit log in words', () => {
  it('names the people before and after, and the queue', () => {
    const names = { ana: 'Ana Silva' };
    expect(detailsOf(entry({ data: { from: null, to: 'ana' }, names }))).toBe('the queue → Ana Silva');
    expect(detailsOf(entry({ data: { from: 'ana', to: null }, names }))).toBe('Ana Silva → the queue');
  });

  it('says roles before and after', () => {
    const data = { from: 'customer', to: 'agent' };
    expect(detailsOf(entry({ action: 'user.role-changed', data }))).toBe('customer → agent');
  });

  it('says why, and leaves out what is empty', () => {
    const ended = entry({ action: 'sign-in.ended', data: { reason: 'token-reused' } });
    expect(detailsOf(ended)).toBe('Why: because a copied sign-in was found');
    const exported = entry({ action: 'export.made', data: { of: 'audit', format: 'csv', filter: {} } });
    expect(detailsOf(exported)).toBe('What: the audit log · As: csv');
  });

  it.each([
    ['ticket', { name: 'No paper', ticketId: 1042 }, '#1042 No paper', ['/tickets', '1042']],
    ['message', { name: 'No paper', ticketId: 1042 }, 'A message in #1042 No paper', ['/tickets', '1042']],
    ['user', { name: 'Ana Silva', ticketId: null }, 'Ana Silva', ['/admin/people']],
    ['category', { name: 'Billing', ticketId: null }, 'Billing', ['/admin/categories']],
  ])('calls a %s by its name and opens it', (type, known, name, path) => {
    const object = { type: type as 'ticket', id: 'x', ...known };
    expect(objectName(object)).toBe(name);
    expect(objectLink(object)?.path).toEqual(path);
  });

  it('leads from a mail that was sent again to the mails', () => {
    const mail = { type: 'mail' as const, id: 'x', name: null, ticketId: null };
    expect([objectName(mail), objectLink(mail)]).toEqual(['A mail', { path: ['/admin/mails'] }]);
  });

  it('opens nothing that is not there any more', () => {
    const purged = { type: 'ticket' as const, id: '1042', name: null, ticketId: 1042 };
    expect([objectName(purged), objectLink(purged)]).toEqual(['#1042', null]);
    const device = { type: 'sign-in' as const, id: 'x', name: null, ticketId: null };
    expect([objectName(device), objectLink(device)]).toEqual(['A signed-in device', null]);
  });
});
