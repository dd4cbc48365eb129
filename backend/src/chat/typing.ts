import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { MessageKind } from '../conversations';
import { SocketHub, ticketRoom, type ParleySocket } from '../realtime';
import type { UserRefDto } from '../users';
import { Viewers } from './viewers';

const ENDS_AFTER_MS = 6_000;
const AT_MOST_EVERY_MS = 2_000;

interface Signal {
  user: UserRefDto;
  isNote: boolean;
  announcedAt: number;
  timer: NodeJS.Timeout;
}

/** A passing sign, never stored: ends by itself six seconds after the last one. */
@Injectable()
export class Typing implements OnModuleDestroy {
  private readonly signals = new Map<string, Signal>();

  constructor(
    private readonly hub: SocketHub,
    private readonly viewers: Viewers,
  ) {}

  onModuleDestroy(): void {
    for (const { timer } of this.signals.values()) clearTimeout(timer);
  }

  /** Writing a note shows nothing to customers. */
  signal(socket: ParleySocket, ticketId: number, active: boolean, kind: MessageKind): void {
    const key = keyOf(ticketId, socket.data.actor.id);
    const current = this.signals.get(key);
    const isNote = kind === 'note';
    if (!active || (current && current.isNote !== isNote)) this.end(ticketId, socket.data.actor.id);
    if (!active) return;
    const { id, name, role } = socket.data.actor;
    const user = { id, name, role, online: true };
    const announcedAt = this.signals.get(key)?.announcedAt ?? 0;
    const isDue = Date.now() - announcedAt >= AT_MOST_EVERY_MS;
    clearTimeout(this.signals.get(key)?.timer);
    const timer = setTimeout(() => this.end(ticketId, id), ENDS_AFTER_MS).unref();
    this.signals.set(key, { user, isNote, timer, announcedAt: isDue ? Date.now() : announcedAt });
    this.viewers.setState(ticketId, id, 'composing');
    if (isDue) this.emit(ticketId, user, true, isNote);
  }

  end(ticketId: number, userId: string): void {
    const key = keyOf(ticketId, userId);
    const signal = this.signals.get(key);
    if (!signal) return;
    clearTimeout(signal.timer);
    this.signals.delete(key);
    this.viewers.setState(ticketId, userId, 'viewing');
    this.emit(ticketId, signal.user, false, signal.isNote);
  }

  private emit(ticketId: number, user: UserRefDto, active: boolean, isNote: boolean): void {
    const rooms = [ticketRoom(ticketId, 'staff'), ...(isNote ? [] : [ticketRoom(ticketId, 'public')])];
    this.hub.emit(rooms, 'ticket:typing', { ticketId, user, active });
  }
}

const keyOf = (ticketId: number, userId: string): string => `${ticketId}:${userId}`;
