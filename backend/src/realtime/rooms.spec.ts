import { homeRooms, STAFF_ROOM, ticketOfRoom, ticketRoom } from './rooms';

describe('rooms', () => {
  it.each(['public', 'staff'] as const)('of a ticket are found again (%s)', (audience) => {
    expect(ticketOfRoom(ticketRoom(1042, audience))).toEqual({ ticketId: 1042, audience });
  });

  it.each(['staff', 'user:ticket:1:staff', 'ticket:1:other', 'ticket:*:staff', 'ticket:1:staff:more', ''])(
    'named %j belong to no ticket',
    (room) => expect(ticketOfRoom(room)).toBeUndefined(),
  );

  it('for all staff are not for customers', () => {
    expect(homeRooms({ id: 'cora', role: 'customer', signInId: 's' })).not.toContain(STAFF_ROOM);
    expect(homeRooms({ id: 'ana', role: 'agent', signInId: 's' })).toContain(STAFF_ROOM);
    expect(homeRooms({ id: 'adam', role: 'admin', signInId: 's' })).toContain(STAFF_ROOM);
  });
});
