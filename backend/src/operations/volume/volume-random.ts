const TWO_TO_32 = 2 ** 32;

/** Chance that repeats: the same seed makes the same desk, so that two measurements are about the same rows. */
export class SeededRandom {
  constructor(private state: number) {}

  /** From 0 to below 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_TO_32;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** From `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** A place below `count`; the greater `skew` is, the more often one of the first. */
  place(count: number, skew = 1): number {
    return Math.floor(count * this.next() ** skew);
  }

  pick<Item>(items: readonly Item[], skew = 1): Item {
    return items[this.place(items.length, skew)];
  }

  /** A UUIDv7 of that moment. */
  idAt(moment: number): string {
    const time = Math.floor(moment).toString(16).padStart(12, '0');
    const variant = (8 + this.whole(0, 3)).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${this.hex(3)}-${variant}${this.hex(3)}-${this.hex(6)}${this.hex(6)}`;
  }

  private hex(digits: number): string {
    return Math.floor(this.next() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  }
}
