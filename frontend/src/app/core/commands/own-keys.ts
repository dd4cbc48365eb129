import { computed, inject, Injectable } from '@angular/core';

import { Session } from '../session/session';
import { COMMAND_IDS, commandEntry, CommandId } from './command-book';
import { isCharacterKey } from './key-names';

/** Which key runs which command, as the signed-in person wants it. */
@Injectable({ providedIn: 'root' })
export class OwnKeys {
  private readonly session = inject(Session);
  private readonly wishes = computed(() => this.session.user()?.preferences?.keys);

  /** Whether keys that type a character do anything. */
  readonly hasLetters = computed(() => this.wishes()?.letters ?? true);
  readonly changed = computed(() => {
    const known = (this.wishes()?.changed ?? []).filter((change) => isCommandId(change.command));
    return new Map(known.map(({ command, key }) => [command as CommandId, key]));
  });

  /** Null for a command without a key, or while its kind of key is switched off. */
  keyOf(id: CommandId): string | null {
    const key = this.chosenKeyOf(id);
    return key === null || (!this.hasLetters() && isCharacterKey(key)) ? null : key;
  }

  /** Also while letters are switched off. */
  chosenKeyOf(id: CommandId): string | null {
    const { key, sharesKeyWith, isFixed } = commandEntry(id);
    if (sharesKeyWith && isCommandId(sharesKeyWith)) return this.chosenKeyOf(sharesKeyWith);
    return (isFixed ? key : (this.changed().get(id) ?? key)) || null;
  }
}

const isCommandId = (name: string): name is CommandId => COMMAND_IDS.some((id) => id === name);
