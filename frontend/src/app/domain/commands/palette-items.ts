import {
  COMMAND_BOOK,
  COMMAND_IDS,
  commandEntry,
  CommandGroup,
  CommandId,
  commandWords,
  COMMAND_GROUPS,
} from '../../core/commands/command-book';
import { IconName } from '../../shared/icon/icon-shapes';
import { fuzzyScore } from '../../shared/text/fuzzy';
import { t } from '../../shared/texts/text';

/** One line of the palette. */
export interface PaletteItem {
  readonly key: string;
  readonly words: string;
  readonly hint?: string;
  readonly icon: IconName;
  /** A command shows its key. */
  readonly command?: CommandId;
  /** Where it leads; a command leads nowhere by itself. */
  readonly link?: PaletteLink;
}

export interface PaletteLink {
  readonly path: readonly (string | number)[];
  readonly query?: Readonly<Record<string, string>>;
}

export interface PaletteGroup {
  readonly title: string;
  readonly items: readonly PaletteItem[];
}

const RECENT_SHOWN = 4;
const MOST_PER_GROUP = 8;
const RECENT_BONUS = 1;
/** Below people, views and tickets. */
const LAST_GROUP: CommandGroup = 'settings';

/** Commands that can be done now, as the palette shows them before and after people, views and tickets. */
export function commandGroups(
  typed: string,
  available: ReadonlySet<CommandId>,
  recent: readonly CommandId[],
  isStaff: boolean,
): { readonly first: PaletteGroup[]; readonly last: PaletteGroup[] } {
  const offered = COMMAND_IDS.filter((id) => available.has(id) && !commandEntry(id).isKeyOnly);
  if (typed.trim() === '') return withoutWords(offered, recent, isStaff);
  const found = offered
    .map((id) => ({ id, score: scoreOf(typed, id, isStaff) + (recent.includes(id) ? RECENT_BONUS : 0) }))
    .filter(({ id, score }) => score > (recent.includes(id) ? RECENT_BONUS : 0))
    .toSorted((one, other) => other.score - one.score)
    .map(({ id }) => id);
  return inGroups(found, isStaff);
}

function scoreOf(typed: string, id: CommandId, isStaff: boolean): number {
  const words = commandWords(id, isStaff);
  const { also, group } = commandEntry(id);
  return Math.max(
    fuzzyScore(typed, words),
    fuzzyScore(typed, `${words} ${also ? t(also) : ''} ${t(`commands.group.${group}`)}`) * 0.8,
  );
}

function withoutWords(
  offered: readonly CommandId[],
  recent: readonly CommandId[],
  isStaff: boolean,
): ReturnType<typeof commandGroups> {
  const lately = recent.filter((id) => offered.includes(id)).slice(0, RECENT_SHOWN);
  const { first, last } = inGroups(
    offered.filter((id) => !lately.includes(id)),
    isStaff,
  );
  return { first: [...groupOf(t('commands.palette.recent'), lately, isStaff), ...first], last };
}

function inGroups(ids: readonly CommandId[], isStaff: boolean): ReturnType<typeof commandGroups> {
  const group = (name: CommandGroup): PaletteGroup[] =>
    groupOf(
      t(`commands.group.${name}`),
      ids.filter((id) => COMMAND_BOOK[id].group === name),
      isStaff,
    );
  return { first: COMMAND_GROUPS.filter((name) => name !== LAST_GROUP).flatMap(group), last: group(LAST_GROUP) };
}

function groupOf(title: string, ids: readonly CommandId[], isStaff: boolean): PaletteGroup[] {
  const items = ids.map((id) => ({
    key: `command/${id}`,
    words: commandWords(id, isStaff),
    icon: commandEntry(id).icon ?? 'chevron-right',
    command: id,
  }));
  return items.length > 0 ? [{ title, items }] : [];
}

/** Those of a list of other things whose words fit, the best first. */
export function fittingItems(typed: string, items: readonly PaletteItem[]): PaletteItem[] {
  return items
    .map((item) => ({ item, score: fuzzyScore(typed, `${item.words} ${item.hint ?? ''}`) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, MOST_PER_GROUP)
    .map(({ item }) => item);
}
