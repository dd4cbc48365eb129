import { DestroyRef, DOCUMENT, inject, Injectable } from '@angular/core';

import { isTyping } from '../../shared/keys/is-typing';
import { COMMAND_IDS, commandEntry, CommandId } from './command-book';
import { CommandOffers } from './command-offers';
import { isCharacterKey, keyNameOf } from './key-names';
import { OwnKeys } from './own-keys';

const SEQUENCE_WITHIN_MS = 1_500;
/** Whatever lies over the page has keys of its own. */
const OVERLAID = '.cdk-overlay-container :is([role="dialog"], [role="alertdialog"], [role="menu"])';

/** Runs the command whose key was pressed. */
@Injectable({ providedIn: 'root' })
export class KeyListener {
  private readonly document = inject(DOCUMENT);
  private readonly commands = inject(CommandOffers);
  private readonly keys = inject(OwnKeys);
  private readonly listener = (event: KeyboardEvent): void => this.pressed(event);
  private isStarted = false;
  private begun: { readonly key: string; readonly at: number } | null = null;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.document.removeEventListener('keydown', this.listener));
  }

  /** @param early what was pressed before anybody listened */
  start(early: readonly KeyboardEvent[] = []): void {
    if (!this.isStarted) this.document.addEventListener('keydown', this.listener);
    this.isStarted = true;
    for (const event of early) this.pressed(event);
  }

  private pressed(event: KeyboardEvent): void {
    const key = event.isComposing || event.defaultPrevented ? null : keyNameOf(event);
    if (key === null) return;
    const before = this.begun && event.timeStamp - this.begun.at < SEQUENCE_WITHIN_MS ? this.begun.key : null;
    this.begun = null;
    const isText = isTyping(event);
    const command = (before && this.commandAt(`${before} ${key}`, isText)) ?? this.commandAt(key, isText);
    if (command) {
      event.preventDefault();
      command();
    } else if (!isText && this.beginsSequence(key)) {
      event.preventDefault();
      this.begun = { key, at: event.timeStamp };
    }
  }

  private commandAt(key: string, isText: boolean): (() => void) | null {
    const actions = this.commands.now();
    const isMeant = (id: CommandId): boolean =>
      actions[id] !== undefined &&
      this.keys.keyOf(id) === key &&
      (!isText || (commandEntry(id).whileTyping ?? false)) &&
      !this.document.querySelector(OVERLAID);
    const id = COMMAND_IDS.find(isMeant);
    return (id && actions[id]) ?? null;
  }

  private beginsSequence(key: string): boolean {
    if (!isCharacterKey(key)) return false;
    const actions = this.commands.now();
    return COMMAND_IDS.some((id) => actions[id] && this.keys.keyOf(id)?.startsWith(`${key} `));
  }
}
