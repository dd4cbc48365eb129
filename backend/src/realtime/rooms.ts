import type { Role } from '../access';
import { isStaffRole } from '../access';

/** The names of Socket.IO rooms; being in one is the right to hear what is sent to it. */
export const userRoom = (userId: string): string => `user:${userId}`;
export const userOfRoom = (room: string): string | undefined =>
  room.startsWith('user:') ? room.slice('user:'.length) : undefined;
export const signInRoom = (signInId: string): string => `sign-in:${signInId}`;
/** All sockets of staff. */
export const STAFF_ROOM = 'staff';

export type TicketAudience = 'public' | 'staff';
export const ticketRoom = (ticketId: number, audience: TicketAudience): string => `ticket:${ticketId}:${audience}`;
/** Customers' sockets that may know whether this person is there. */
export const presenceRoom = (userId: string): string => `presence:${userId}`;
export const isPresenceRoom = (room: string): boolean => room.startsWith('presence:');

/** The rooms that come with a sign-in; all others are joined by subscribing. */
export const homeRooms = (actor: { id: string; role: Role; signInId: string }): string[] => [
  userRoom(actor.id),
  signInRoom(actor.signInId),
  ...(isStaffRole(actor.role) ? [STAFF_ROOM] : []),
];

/** The ticket a room belongs to, for rooms that were joined by subscribing. */
export function ticketOfRoom(room: string): { ticketId: number; audience: TicketAudience } | undefined {
  if (!room.startsWith('ticket:')) return undefined;
  const match = /^ticket:(\d+):(public|staff)$/.exec(room);
  return match ? { ticketId: Number(match[1]), audience: match[2] as TicketAudience } : undefined;
}

export const ticketsFollowedBy = (socket: { readonly rooms: ReadonlySet<string> }): number[] =>
  [...socket.rooms].flatMap((room) => ticketOfRoom(room)?.ticketId ?? []);
