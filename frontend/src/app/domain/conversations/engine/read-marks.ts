/** How far everybody has read one ticket, and what one tells the server of oneself. */
export class ReadMarks {
  /** By user id; towards customers all staff are the one key `staff`. Replaced when something changes. */
  all: Readonly<Record<string, number>> = {};
  /** How far one's own mark is known to be. */
  private own = 0;
  /** One's first mark is told even if it is not higher: it ends what was set unread by hand. */
  private toldAny = false;
  private paused = false;

  constructor(
    private readonly selfId: string,
    private readonly tell: (seq: number) => Promise<void>,
  ) {}

  /** What the server knows, at the start of a subscription. */
  load(readSeq: Readonly<Record<string, number>>): void {
    this.all = readSeq;
    this.own = Math.max(this.own, readSeq[this.selfId] ?? 0);
  }

  /** The numbering changed. */
  forget(): void {
    this.all = {};
    this.own = 0;
  }

  /** Answers whether that was news. */
  heard(userId: string, seq: number): boolean {
    if (seq <= (this.all[userId] ?? 0)) return false;
    this.all = { ...this.all, [userId]: seq };
    if (userId === this.selfId) this.own = Math.max(this.own, seq);
    return true;
  }

  /** Writing is reading: the server moves one's mark with one's own message. */
  ownMessage(seq: number): void {
    this.own = Math.max(this.own, seq);
  }

  mark(seq: number): void {
    if (this.paused || seq < this.own || (seq === this.own && this.toldAny)) return;
    const before = this.own;
    this.own = seq;
    this.toldAny = true;
    this.tell(seq).catch(() => {
      if (this.own !== seq) return;
      this.own = before;
      this.toldAny = false;
    });
  }

  /** No further marks from here. */
  pause(): void {
    this.paused = true;
  }
}
