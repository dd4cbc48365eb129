import type { Random } from '../random';
import type { Recorder } from '../record/recorder';
import type { Link } from '../world/link';
import type { World } from '../world/world';
import { Browser } from './browser';
import type { Transports } from './live';
import type { Person } from './people';
import { Tab } from './tab';

export interface DeviceOptions {
  readonly name: string;
  readonly person: Person;
  readonly ticketIds: readonly number[];
  readonly transports: Transports;
  /** The node that the balancer sends it to at first. */
  readonly node: number;
}

/** A person's computer or phone: one browser with one way to the server, and the tabs that are open in it. */
export class Device {
  readonly name: string;
  readonly person: Person;
  readonly ticketIds: readonly number[];
  readonly link: Link;
  /** The open tabs, the oldest first. */
  tabs: Tab[] = [];
  private opened = 0;
  private readonly browser: Browser;

  private constructor(
    private readonly options: DeviceOptions,
    link: Link,
    private readonly random: Random,
    private readonly recorder: Recorder,
    private readonly prefer: { node: number },
  ) {
    this.name = options.name;
    this.person = options.person;
    this.ticketIds = options.ticketIds;
    this.link = link;
    this.browser = new Browser(link);
  }

  static async unpack(options: DeviceOptions, world: World, random: Random, recorder: Recorder): Promise<Device> {
    const prefer = { node: options.node };
    const link = await world.link(() => prefer.node);
    const device = new Device(options, link, random, recorder, prefer);
    device.openTab();
    return device;
  }

  get isStaff(): boolean {
    return this.person.role !== 'customer';
  }

  openTab(): Tab {
    this.opened += 1;
    const { person, ticketIds, transports } = this.options;
    const { browser, random, recorder } = this;
    const name = `${this.name}/${this.opened}`;
    const tab = new Tab({ name, person, browser, ticketIds, transports, random: random.fork(), recorder });
    this.tabs.push(tab);
    tab.open();
    return tab;
  }

  /** Ends one tab, or all, in mid-flight. */
  crash(tabs: readonly Tab[] = this.tabs): void {
    for (const tab of tabs) tab.crash();
    this.tabs = this.tabs.filter((tab) => tab.isOpen);
  }

  /** Gets sent to the next node, as by a balancer that changes its mind. */
  roam(): void {
    this.prefer.node += 1;
    this.link.interrupt();
  }
}
