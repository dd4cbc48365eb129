import { IconName } from '../../shared/icon/icon-shapes';
import { t } from '../../shared/texts/text';
import { TextKey } from '../../shared/texts/text-files';

/** Under which heading commands are listed. */
export type CommandGroup = 'page' | 'selection' | 'row' | 'ticket' | 'list' | 'everywhere' | 'settings';

/** Where a command stands, and which key runs it unless the person chose another. */
export interface CommandEntry {
  readonly group: CommandGroup;
  readonly icon?: IconName;
  /** As `keyNameOf` writes it, or two of them after each other: `g m`. */
  readonly key?: string;
  /** The same key as this command, also after the person changed it. */
  readonly sharesKeyWith?: string;
  /** The key can't be changed. */
  readonly isFixed?: true;
  /** It works in text fields too. */
  readonly whileTyping?: true;
  /** For keys alone: it moves the focus, or opens the list that would offer it. */
  readonly isKeyOnly?: true;
  /** What customers read instead of its name. */
  readonly nameForCustomers?: TextKey;
  /** Other words that people look for it by. */
  readonly also?: TextKey;
  /** Whose keys it belongs to; everybody's if it isn't said. */
  readonly for?: 'staff' | 'customer' | 'admin';
}

/** In the order in which they are listed. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  'page',
  'selection',
  'row',
  'ticket',
  'list',
  'everywhere',
  'settings',
];

/**
 * Every command of the product: keys, menus, the palette and the list of keys read from here alone. Where several that
 * can be done now answer to one key, the first of them is meant.
 */
export const COMMAND_BOOK = {
  'page.create': { group: 'page', sharesKeyWith: 'ticket.new', icon: 'add', also: 'commands.also.page.create' },
  'page.filter': { group: 'page', sharesKeyWith: 'search', icon: 'filter', also: 'commands.also.page.filter' },
  'page.save': { ...fixed('page', 'mod+s'), whileTyping: true },
  'page.close': { ...fixed('page', 'Escape'), whileTyping: true },

  'selection.status': staff('selection', 'ticket.status', 'check-circle'),
  'selection.priority': staff('selection', 'ticket.priority', 'flag'),
  'selection.assign': staff('selection', 'ticket.assign', 'person-add'),
  'selection.tags': staff('selection', 'ticket.tags', 'tag'),
  'selection.resolve': staff('selection', 'ticket.resolve', 'check'),
  'selection.claim': staff('selection', 'ticket.claim', 'person'),
  'selection.clear': { group: 'selection', icon: 'close', key: 'Escape', isFixed: true },

  'row.claim': staff('row', 'ticket.claim', 'person'),
  'row.menu': keyed('row', '.', { isKeyOnly: true }),
  'list.select': keyed('row', 'x'),
  'list.extend-down': fixed('row', 'shift+ArrowDown'),
  'list.extend-up': fixed('row', 'shift+ArrowUp'),
  'list.down': fixed('row', 'ArrowDown'),
  'list.up': fixed('row', 'ArrowUp'),

  'message.menu': keyed('ticket', '.', { isKeyOnly: true }),
  'ticket.reply': { group: 'ticket', icon: 'reply', key: 'r', also: 'commands.also.ticket.reply' },
  'ticket.note': keyed('ticket', 'n', { icon: 'note', for: 'staff', also: 'commands.also.ticket.note' }),
  'ticket.claim': keyed('ticket', 'i', { icon: 'person', for: 'staff', also: 'commands.also.ticket.claim' }),
  'ticket.release': { group: 'ticket', icon: 'undo', for: 'staff', also: 'commands.also.ticket.release' },
  'ticket.assign': keyed('ticket', 'a', { icon: 'person-add', for: 'staff', also: 'commands.also.ticket.assign' }),
  'ticket.status': keyed('ticket', 's', { icon: 'check-circle', for: 'staff', also: 'commands.also.ticket.status' }),
  'ticket.priority': keyed('ticket', 'p', { icon: 'flag', for: 'staff', also: 'commands.also.ticket.priority' }),
  'ticket.tags': keyed('ticket', 'l', { icon: 'tag', for: 'staff', also: 'commands.also.ticket.tags' }),
  'ticket.resolve': keyed('ticket', 'e', {
    icon: 'check',
    nameForCustomers: 'commands.customer.solved',
    also: 'commands.also.ticket.resolve',
  }),
  'ticket.reopen': { group: 'ticket', icon: 'reopen', also: 'commands.also.ticket.reopen' },
  'ticket.close': { group: 'ticket', icon: 'lock', also: 'commands.also.ticket.close' },
  'ticket.no-reply': { group: 'ticket', icon: 'check', for: 'staff' },
  'ticket.unread': keyed('ticket', 'u', { icon: 'inbox' }),
  'ticket.edit': { group: 'ticket', icon: 'edit' },
  'ticket.details': keyed('ticket', 'd', { icon: 'info', for: 'staff' }),
  'ticket.files': { group: 'ticket', icon: 'attach' },
  'ticket.copy-number': { group: 'ticket', icon: 'copy' },
  'ticket.copy-link': { group: 'ticket', icon: 'link' },
  'ticket.print': { group: 'ticket', icon: 'file', also: 'commands.also.ticket.print' },
  'ticket.delete': { group: 'ticket', icon: 'trash', also: 'commands.also.ticket.delete' },
  'ticket.next': keyed('ticket', ']', { icon: 'chevron-right', for: 'staff' }),
  'ticket.previous': keyed('ticket', '[', { icon: 'chevron-left', for: 'staff' }),
  'details.close': fixed('ticket', 'Escape'),
  'outcome.close': fixed('list', 'Escape'),
  'ticket.leave': fixed('ticket', 'Escape'),

  'list.next': keyed('list', 'j', { isKeyOnly: true, for: 'staff' }),
  'list.previous': keyed('list', 'k', { isKeyOnly: true, for: 'staff' }),
  'list.open': fixed('list', 'Enter'),
  'list.select-all': fixed('list', 'mod+a', 'staff'),
  'list.undo': keyed('list', 'z', { icon: 'undo', for: 'staff' }),
  'list.refresh': { group: 'list', icon: 'retry' },

  palette: { ...fixed('everywhere', 'mod+k'), whileTyping: true },
  search: keyed('everywhere', '/', { icon: 'search', also: 'commands.also.search' }),
  'ticket.new': keyed('everywhere', 'c', { icon: 'add', also: 'commands.also.ticket.new' }),
  'go.mine': keyed('everywhere', 'g m', { icon: 'person', also: 'commands.also.go.mine' }),
  'go.queue': keyed('everywhere', 'g q', {
    icon: 'inbox',
    for: 'staff',
    also: 'commands.also.go.queue',
  }),
  'go.search': keyed('everywhere', 'g s', { icon: 'search', for: 'staff' }),
  'go.notifications': keyed('everywhere', 'g n', { icon: 'bell', also: 'commands.also.go.notifications' }),
  keys: keyed('everywhere', '?', { icon: 'key', also: 'commands.also.keys' }),
  'pane.next': { ...fixed('everywhere', 'F6'), whileTyping: true },
  'pane.previous': { ...fixed('everywhere', 'shift+F6'), whileTyping: true },

  'settings.profile': { group: 'settings', icon: 'settings', also: 'commands.also.settings.profile' },
  'settings.keys': { group: 'settings', icon: 'key', also: 'commands.also.settings.keys' },
  'settings.notifications': { group: 'settings', icon: 'bell', also: 'commands.also.settings.notifications' },
  'settings.password': { group: 'settings', icon: 'lock', also: 'commands.also.settings.password' },
  'settings.devices': { group: 'settings', icon: 'device', also: 'commands.also.settings.devices' },
  'settings.light': { group: 'settings', icon: 'sun', also: 'commands.also.settings.light' },
  'settings.dark': { group: 'settings', icon: 'moon', also: 'commands.also.settings.dark' },
  'settings.system': { group: 'settings', icon: 'device', also: 'commands.also.settings.system' },
  'settings.sign-out': { group: 'settings', icon: 'sign-out', also: 'commands.also.settings.sign-out' },
  'desk.people': admin('people', 'commands.also.desk.people'),
  'desk.categories': admin('inbox', 'commands.also.desk.categories'),
  'desk.mails': admin('mail', 'commands.also.desk.mails'),
  'desk.audit': admin('clock', 'commands.also.desk.audit'),
  'desk.settings': admin('settings', 'commands.also.desk.settings'),
  'desk.self-test': admin('check-circle', 'commands.also.desk.self-test'),
} satisfies Readonly<Record<string, CommandEntry>>;

export type CommandId = keyof typeof COMMAND_BOOK;

export const COMMAND_IDS = Object.keys(COMMAND_BOOK) as CommandId[];

/** What it is called in the language of the page. */
export function commandWords(id: CommandId, isStaff: boolean): string {
  const { nameForCustomers } = commandEntry(id);
  return isStaff || !nameForCustomers ? t(`commands.name.${id}`) : t(nameForCustomers);
}

/** The same entry, of which no member is known to be there. */
export const commandEntry = (id: CommandId): CommandEntry => COMMAND_BOOK[id];

function keyed(group: CommandGroup, key: string, more: Partial<CommandEntry> = {}): CommandEntry {
  return { group, key, ...more };
}

/** For keys alone, and always with the same one. */
function fixed(group: CommandGroup, key: string, whose?: CommandEntry['for']): CommandEntry {
  return { group, key, isFixed: true, isKeyOnly: true, ...(whose && { for: whose }) };
}

function staff(group: CommandGroup, sharesKeyWith: string, icon: IconName): CommandEntry {
  return { group, sharesKeyWith, icon, for: 'staff' };
}

function admin(icon: IconName, also: TextKey): CommandEntry {
  return { group: 'settings', icon, also, for: 'admin' };
}
