import { inject, Injectable } from '@angular/core';

import { COMMAND_IDS, CommandId } from '../../core/commands/command-book';
import { BrowserStorage } from '../../core/session/browser-storage';
import { Session } from '../../core/session/session';

const MOST_KEPT = 8;

/** Which commands this person chose in the palette lately, kept on this device. */
@Injectable({ providedIn: 'root' })
export class RecentCommands {
  private readonly storage = inject(BrowserStorage);
  private readonly session = inject(Session);

  /** Newest first. */
  all(): CommandId[] {
    const names = (this.storage.read(this.name()) ?? '').split(',');
    return names.flatMap((name) => COMMAND_IDS.find((id) => id === name) ?? []);
  }

  add(id: CommandId): void {
    const all = [id, ...this.all().filter((other) => other !== id)].slice(0, MOST_KEPT);
    this.storage.write(this.name(), all.join(','));
  }

  private name(): string {
    return `parley.commands.${this.session.user()?.id ?? ''}`;
  }
}
