export type Listener = (message: Buffer, channel: Buffer) => void;

/** What carries words between nodes: fast, and without any promise that they arrive. */
export interface NodeLink {
  /** Names everything of this installation, so that two may share a server. */
  readonly prefix: string;
  readonly isUp: boolean;
  /** Never throws, never waits; dropped while the link is not up, or when too much waits already. */
  publish(channel: string, message: string | Buffer): void;
  /** To be called before `start`; stays through every loss of the link. */
  subscribe(channel: string, listener: Listener): void;
  subscribePattern(pattern: string, listener: Listener): void;
  /** Told of every change of `isUp`. */
  watch(watcher: (isUp: boolean) => void): void;
  /** Returns at once; the link comes up when it can, again and again. */
  start(): void;
  /** Lets go what was published, for a moment, and ends. */
  stop(): Promise<void>;
}
