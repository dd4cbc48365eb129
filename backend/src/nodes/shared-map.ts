import type { Nodes } from './nodes';

const GATHER_MS = 50;

/** A whole map, or what changed in it; `null` stands for an entry that is gone. */
interface Told<Value> {
  entries: [key: string, value: Value | null][];
  isWhole: boolean;
}

/**
 * What each node says of itself, known on all nodes: everybody writes their own entries and reads all of them from
 * memory. Changes are told at once, the whole map to whoever is new and now and then to all; what is known of a lost
 * node goes with it.
 */
export class SharedMap<Value> {
  private readonly own = new Map<string, Value>();
  private readonly others = new Map<string, Map<string, Value>>();
  private readonly changes = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  /** @param changed is called after every change of an entry, whoever made it */
  constructor(
    private readonly nodes: Nodes,
    private readonly topic: string,
    private readonly changed: (key: string) => void,
  ) {
    nodes.listen<Told<Value>>(topic, (told, from) => this.hear(told, from));
    nodes.on('wanted', () => this.tellAll());
    nodes.on('lost', (nodeId) => this.lose(nodeId));
  }

  /** This node's entry; undefined takes it away. */
  set(key: string, value: Value | undefined): void {
    if (isSame(this.own.get(key), value)) return;
    if (value === undefined) this.own.delete(key);
    else this.own.set(key, value);
    this.changed(key);
    if (!this.nodes.link?.isUp) return;
    this.changes.add(key);
    this.timer ??= setTimeout(() => this.tellChanges(), GATHER_MS).unref();
  }

  /** The entries of all nodes, or of those that were heard just now. */
  of(key: string, { freshOnly = false } = {}): Value[] {
    const own = this.own.get(key);
    const values = own === undefined ? [] : [own];
    for (const [nodeId, entries] of this.others) {
      const value = entries.get(key);
      if (value !== undefined && (!freshOnly || this.nodes.isFresh(nodeId))) values.push(value);
    }
    return values;
  }

  private tellChanges(): void {
    this.timer = undefined;
    const entries = [...this.changes].map((key): [string, Value | null] => [key, this.own.get(key) ?? null]);
    this.changes.clear();
    this.nodes.tell(this.topic, { entries, isWhole: false });
  }

  private tellAll(): void {
    if (this.nodes.link?.isUp) this.nodes.tell(this.topic, { entries: [...this.own], isWhole: true });
  }

  private hear({ entries, isWhole }: Told<Value>, from: string): void {
    const before = this.others.get(from) ?? new Map<string, Value>();
    const after = isWhole ? new Map<string, Value>() : before;
    const changed = new Set(isWhole ? before.keys() : []);
    for (const [key, value] of entries) {
      if (isSame(before.get(key), value ?? undefined)) changed.delete(key);
      else changed.add(key);
      if (value === null) after.delete(key);
      else after.set(key, value);
    }
    this.others.set(from, after);
    for (const key of changed) this.changed(key);
  }

  private lose(nodeId: string): void {
    const entries = this.others.get(nodeId);
    this.others.delete(nodeId);
    for (const key of entries?.keys() ?? []) this.changed(key);
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
