/** What a step tells of itself: names and numbers; never words, names or addresses of people. */
export type TraceFacts = Readonly<Record<string, string | number | boolean>>;

/** A step that is being measured. */
export interface TracedStep {
  readonly name: string;
  readonly facts?: TraceFacts;
  readonly kind?: 'server' | 'client' | 'consumer';
  /** `root` begins a trace, `tail` may outlive the step it belongs to, and all others are only told of within one. */
  readonly place?: 'root' | 'tail';
  /** The `traceparent` of whoever asked, when they are believed; for the begin of a trace. */
  readonly parent?: string;
}

/** For what is known of a step only when it ends. */
export interface TraceNotes {
  rename(name: string): void;
  add(facts: TraceFacts): void;
  /** @param type a class or code; messages of errors can hold what people wrote */
  failed(type: string): void;
}

/** Runs `work` as a step of a trace, and sends what it took to where traces are collected. */
export type Tracer = <Result>(step: TracedStep, work: (notes: TraceNotes) => Promise<Result>) => Promise<Result>;

let tracer: Tracer | undefined;

/** From now on steps are told to `given`; without one they cost nothing. */
export function traceWith(given: Tracer | undefined): void {
  tracer = given;
}

export const isTracing = (): boolean => tracer !== undefined;

const NOBODY_LISTENS: TraceNotes = {
  rename: () => undefined,
  add: () => undefined,
  failed: () => undefined,
};

/** Runs `work`; where traces are collected, as a step of its own. */
export function traced<Result>(step: () => TracedStep, work: (notes: TraceNotes) => Promise<Result>): Promise<Result> {
  return tracer ? tracer(step(), work) : work(NOBODY_LISTENS);
}
