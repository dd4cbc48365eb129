import { Injectable } from '@nestjs/common';
import { InTransaction, insertRow, type Transaction } from '../database';
import { PreferencesChanged, UserAnonymised } from '../users';
import { NoticeListener } from './notice-listener.entity';

/** Keeps note of who wants to hear of more than their own tickets, so that nobody has to read everybody's preferences. */
@Injectable()
export class NoticeListeners {
  @InTransaction(PreferencesChanged)
  async changed({ userId, preferences }: PreferencesChanged, tx: Transaction): Promise<void> {
    const { events, scope } = preferences.notifications;
    const created = events.created.page || preferences.email.created;
    await tx.manager.delete(NoticeListener, { userId });
    const listener = { userId, created, everything: scope === 'all' };
    if (listener.created || listener.everything) await insertRow(tx.manager, NoticeListener, listener);
  }

  @InTransaction(UserAnonymised)
  async forget({ userId }: UserAnonymised, tx: Transaction): Promise<void> {
    await tx.manager.delete(NoticeListener, { userId });
  }
}
