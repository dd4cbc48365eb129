import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';

import { NoticeEvent, StaffDefaults, StaffDefaultsChange } from '../../../core/api/models';

type Channel = 'page' | 'desktop' | 'sound';
type MailSetting = keyof StaffDefaults['email'];

interface EventRow {
  readonly event: NoticeEvent;
  readonly label: string;
  /** Which mails tell of the same. */
  readonly mail: MailSetting;
}

const MESSAGE: EventRow = { event: 'message', label: 'Messages', mail: 'messages' };
const STATUS: EventRow = { event: 'status', label: 'Status changed', mail: 'status' };
const PRIORITY: EventRow = { event: 'priority', label: 'Priority changed', mail: 'priority' };
const FOR_CUSTOMERS = [MESSAGE, STATUS, PRIORITY];
const FOR_STAFF: readonly EventRow[] = [
  { event: 'assigned', label: 'Assigned to me', mail: 'assignments' },
  MESSAGE,
  { event: 'mention', label: 'Mentions of me', mail: 'mentions' },
  STATUS,
  PRIORITY,
  { event: 'created', label: 'New tickets', mail: 'created' },
];
const CHANNELS: readonly { channel: Channel; label: string }[] = [
  { channel: 'page', label: 'Page' },
  { channel: 'desktop', label: 'Desktop' },
  { channel: 'sound', label: 'Sound' },
];

/** What somebody is told of and by which ways, as a table to switch on and off. It saves nothing itself. */
@Component({
  selector: 'app-notice-wishes',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './notice-wishes.html',
  styleUrl: './notice-wishes.scss',
})
export class NoticeWishes {
  readonly wishes = input.required<StaffDefaults>();
  readonly isForStaff = input.required<boolean>();
  readonly isBusy = input(false);
  /** What is to be different. */
  readonly changed = output<StaffDefaultsChange>();

  protected readonly channels = CHANNELS;
  protected readonly rows = computed(() => (this.isForStaff() ? FOR_STAFF : FOR_CUSTOMERS));

  /** Desktop and sound announce what stands on the page. */
  protected isPossible(event: NoticeEvent, channel: Channel): boolean {
    const { events } = this.wishes().notifications;
    if (channel === 'sound' && !this.wishes().sound) return false;
    return channel === 'page' || events[event].page;
  }

  protected switchChannel(event: NoticeEvent, channel: Channel, on: boolean): void {
    this.changed.emit({ notifications: { events: { [event]: { [channel]: on } } } });
  }

  protected switchMail(setting: MailSetting, on: boolean): void {
    this.changed.emit({ email: { [setting]: on } });
  }

  protected chooseScope(scope: string): void {
    if (scope === 'mine' || scope === 'followed' || scope === 'all') this.changed.emit({ notifications: { scope } });
  }

  protected switchQuietHours(on: boolean): void {
    this.changed.emit({ notifications: { quietHours: { on } } });
  }

  /** A field that was emptied keeps its time. */
  protected setQuietHours(end: 'from' | 'to', time: string): void {
    if (time !== '') this.changed.emit({ notifications: { quietHours: { [end]: time } } });
  }

  protected switchSound(sound: boolean): void {
    this.changed.emit({ sound });
  }

  protected switchNeutral(neutral: boolean): void {
    this.changed.emit({ notifications: { neutral } });
  }
}
