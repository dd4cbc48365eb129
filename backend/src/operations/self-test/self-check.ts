export const CHECK_STATES = ['ok', 'warning', 'failed'] as const;
export type CheckState = (typeof CHECK_STATES)[number];

/** What came out of looking at one part of the installation. */
export interface Finding {
  readonly state: CheckState;
  /** One sentence: how it is. No secret stands in it. */
  readonly found: string;
  /** One sentence: what to do; for everything that is not `ok`. */
  readonly advice?: string;
}

/** Looks at one part of the installation. Whatever it throws is a failure of that part. */
export interface SelfCheck {
  /** As a heading says it. */
  readonly name: string;
  /** What to do when it throws or does not end. */
  readonly adviceOnFailure: string;
  run(): Promise<Finding>;
}
