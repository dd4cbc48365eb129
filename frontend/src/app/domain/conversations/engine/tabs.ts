import type { SendAnswer } from '@parley/socket-events';

/** What one tab tells the others of its browser about the outbox of a person. */
export type OutboxNews =
  /** The store holds something new. */
  | { readonly kind: 'changed'; readonly userId: string }
  /** A message is being worked on over there. */
  | { readonly kind: 'activity'; readonly userId: string; readonly clientMsgId: string; readonly activity: Activity }
  /** The server has stored a message. */
  | { readonly kind: 'stored'; readonly userId: string; readonly answer: SendAnswer };

/** What is being done about a message just now; not worth keeping. */
export interface Activity {
  readonly state: 'uploading' | 'waiting' | 'sending';
  readonly progress: number | null;
  /** Code of the last failure that will pass. */
  readonly problem: string | null;
}

export const SENDING: Activity = { state: 'sending', progress: null, problem: null };

/** The line between the tabs of a browser. */
export interface Tabs {
  tell(news: OutboxNews): void;
  /** Hears the others, never oneself; the returned function ends it. */
  listen(listener: (news: OutboxNews) => void): () => void;
}

/** For a page, or a process, that is alone. */
export const noOtherTabs: Tabs = {
  tell: () => undefined,
  listen: () => () => undefined,
};
