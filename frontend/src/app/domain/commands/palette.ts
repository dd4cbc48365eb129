import { Dialog, DialogRef } from '@angular/cdk/dialog';
import { GlobalPositionStrategy } from '@angular/cdk/overlay';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  inject,
  Injector,
  linkedSignal,
  untracked,
} from '@angular/core';
import { Router } from '@angular/router';

import { CommandId } from '../../core/commands/command-book';
import { Commands } from '../../core/commands/commands';
import { KeyCaps } from '../../core/commands/key-caps';
import { Session } from '../../core/session/session';
import { AppIcon } from '../../shared/icon/app-icon';
import { t } from '../../shared/texts/text';
import { PaletteFinds } from './palette-finds';
import { commandGroups, PaletteItem } from './palette-items';
import { RecentCommands } from './recent-commands';

/** Finds whatever can be done now, and people, views and tickets, by what is typed. */
@Component({
  selector: 'app-palette',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, KeyCaps],
  providers: [PaletteFinds],
  templateUrl: './palette.html',
  styleUrl: './palette.scss',
})
export class Palette {
  protected readonly t = t;
  private readonly dialog = inject<DialogRef<PaletteItem>>(DialogRef);
  private readonly document = inject(DOCUMENT);
  protected readonly finds = inject(PaletteFinds);
  private readonly isStaff = inject(Session).isStaff();
  private readonly recent = inject(RecentCommands).all();
  /** As it was when the palette was opened: meanwhile the page behind it does not change hands. */
  private readonly available = availableNow(inject(Commands));

  protected readonly groups = computed(() => {
    const { first, last } = commandGroups(this.finds.typed(), this.available, this.recent, this.isStaff);
    return [...first, ...this.finds.groups(), ...last];
  });
  private readonly items = computed(() => this.groups().flatMap(({ items }) => items));
  protected readonly places = computed(() => new Map(this.items().map(({ key }, index) => [key, index])));
  /** The one that Enter takes. It stays on its line when others are found beside it, and returns to the first with new words. */
  protected readonly active = linkedSignal<{ typed: string; items: readonly PaletteItem[] }, number>({
    source: () => ({ typed: this.finds.typed(), items: this.items() }),
    computation: ({ typed, items }, previous) => {
      const key = previous?.source.typed === typed ? previous.source.items[previous.value]?.key : undefined;
      return Math.max(
        0,
        items.findIndex((item) => item.key === key),
      );
    },
  });
  protected readonly found = computed(() => {
    const count = this.items().length;
    return count === 0 ? t('commands.palette.nothing') : t('commands.palette.count', { count });
  });

  protected take(item: PaletteItem | undefined): void {
    if (item) this.dialog.close(item);
  }

  protected keyed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const last = this.items().length - 1;
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.moveTo(this.active() === last ? 0 : this.active() + 1),
      ArrowUp: () => this.moveTo(this.active() === 0 ? last : this.active() - 1),
      PageDown: () => this.moveTo(Math.min(last, this.active() + 8)),
      PageUp: () => this.moveTo(Math.max(0, this.active() - 8)),
      Enter: () => this.take(this.items()[this.active()]),
    };
    const action = actions[event.key] ?? (isOwnKey(event) ? () => this.dialog.close() : undefined);
    if (!action) return;
    event.preventDefault();
    action();
  }

  private moveTo(index: number): void {
    this.active.set(Math.max(0, index));
    this.document.getElementById(`palette-${this.active()}`)?.scrollIntoView?.({ block: 'nearest' });
  }
}

const availableNow = (commands: Commands): ReadonlySet<CommandId> =>
  untracked(
    () =>
      new Set(
        Object.entries(commands.now())
          .filter(([, action]) => action !== undefined)
          .map(([id]) => id as CommandId),
      ),
  );

/** The key that opened it closes it again. */
const isOwnKey = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) && !event.altKey && (event.key.toLowerCase() === 'k' || event.code === 'KeyK');

/** Opens the palette over the page; what was chosen is done once it is gone and the focus is back. */
export function openPalette(injector: Injector): void {
  const [commands, recent, router] = [injector.get(Commands), injector.get(RecentCommands), injector.get(Router)];
  const dialog = injector.get(Dialog).open<PaletteItem>(Palette, {
    ariaLabel: t('commands.palette.label'),
    panelClass: 'app-palette-panel',
    positionStrategy: new GlobalPositionStrategy().centerHorizontally().top('var(--app-palette-top, 10vh)'),
    width: 'min(640px, 100vw)',
  });
  dialog.closed.subscribe((item) => {
    if (item?.command) {
      recent.add(item.command);
      commands.run(item.command);
    } else if (item?.link) {
      void router.navigate([...item.link.path], { queryParams: item.link.query });
    }
  });
}
