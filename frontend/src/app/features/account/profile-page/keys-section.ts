import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';

import {
  COMMAND_IDS,
  commandEntry,
  CommandGroup,
  CommandId,
  commandWords,
  COMMAND_GROUPS,
} from '../../../core/commands/command-book';
import { keyConflict } from '../../../core/commands/key-conflicts';
import { keyCaps, keyNameOf } from '../../../core/commands/key-names';
import { OwnKeys } from '../../../core/commands/own-keys';
import { Session } from '../../../core/session/session';
import { ProfileApi } from '../../../domain/account/profile-api';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { t } from '../../../shared/texts/text';

interface KeyRow {
  readonly id: CommandId;
  readonly words: string;
  readonly caps: readonly string[];
  readonly isChanged: boolean;
}

/** What takes the key away instead of being one. */
const REMOVING_KEYS = ['Backspace', 'Delete'];

/** Which key does what, for the person to switch off or change. */
@Component({
  selector: 'app-keys-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  templateUrl: './keys-section.html',
  styleUrls: ['./section.scss', './keys-section.scss'],
})
export class KeysSection {
  protected readonly t = t;
  private readonly session = inject(Session);
  private readonly profile = inject(ProfileApi);
  protected readonly keys = inject(OwnKeys);

  /** The command whose new key is waited for. */
  protected readonly changing = signal<CommandId | null>(null);
  /** The first of two letters, while the second is waited for. */
  protected readonly begun = signal<string | null>(null);
  protected readonly refusal = signal('');
  protected readonly isBusy = signal(false);
  protected readonly said = signal('');
  protected readonly trouble = signal('');

  protected readonly hasChanges = computed(() => this.keys.changed().size > 0);
  protected readonly groups = computed(() =>
    COMMAND_GROUPS.map((group) => ({ title: `commands.group.${group}` as const, rows: this.rowsOf(group) })).filter(
      ({ rows }) => rows.length > 0,
    ),
  );

  protected switchLetters(letters: boolean): void {
    this.save({ letters }, t(letters ? 'commands.own.lettersAreOn' : 'commands.own.lettersAreOff'));
  }

  protected begin(id: CommandId): void {
    this.refusal.set('');
    this.begun.set(null);
    this.changing.set(this.changing() === id ? null : id);
  }

  protected pressed(event: KeyboardEvent): void {
    const id = this.changing();
    if (id === null || ['Tab', 'Enter', ' '].includes(event.key)) return;
    const key = keyNameOf(event);
    if (key === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (key === 'Escape') return this.changing.set(null);
    if (REMOVING_KEYS.includes(key)) return this.keep(id, '');
    const whole = this.begun() === null ? key : `${this.begun() ?? ''} ${key}`;
    if (key === 'g' && this.begun() === null) return this.begun.set('g');
    this.begun.set(null);
    this.choose(id, whole);
  }

  protected setBack(id: CommandId): void {
    this.keep(id, commandEntry(id).key ?? '');
  }

  protected setAllBack(): void {
    this.save({ changed: [] }, t('commands.own.allAreBack'));
  }

  private choose(id: CommandId, key: string): void {
    const conflict = keyConflict(id, key, (other) => this.keys.chosenKeyOf(other));
    if (conflict === null) return this.keep(id, key);
    this.refusal.set(
      conflict === 'no-character'
        ? t('commands.own.onlyCharacters')
        : t('commands.own.taken', { key, name: commandWords(conflict, this.session.isStaff()) }),
    );
  }

  /** The default is no change; an empty key is one. */
  private keep(id: CommandId, key: string): void {
    this.changing.set(null);
    const others = [...this.keys.changed()].filter(([other]) => other !== id);
    const all = key === commandEntry(id).key ? others : [...others, [id, key] as const];
    const name = commandWords(id, this.session.isStaff());
    const change = all.map(([command, chosen]) => ({ command, key: chosen }));
    this.save(
      { changed: change },
      key === '' ? t('commands.own.hasNone', { name }) : t('commands.own.isNow', { name, key }),
    );
  }

  private save(keys: { letters?: boolean; changed?: { command: string; key: string }[] }, said: string): void {
    this.isBusy.set(true);
    this.said.set('');
    this.trouble.set('');
    this.profile.update({ preferences: { keys } }).subscribe({
      next: () => {
        this.isBusy.set(false);
        this.said.set(said);
      },
      error: (error: unknown) => {
        this.isBusy.set(false);
        this.trouble.set(toProblem(error).detail);
      },
    });
  }

  private rowsOf(group: CommandGroup): KeyRow[] {
    return COMMAND_IDS.filter((id) => this.isOffered(id, group)).map((id) => ({
      id,
      words: commandWords(id, this.session.isStaff()),
      caps: keyCaps(this.keys.chosenKeyOf(id) ?? ''),
      isChanged: this.keys.changed().has(id),
    }));
  }

  private isOffered(id: CommandId, wanted: CommandGroup): boolean {
    const { group, key, isFixed, sharesKeyWith, for: whose } = commandEntry(id);
    if (group !== wanted || !key || isFixed || sharesKeyWith) return false;
    return whose === undefined || (whose !== 'customer') === this.session.isStaff();
  }
}
