import type { Finding, SelfCheck } from '../self-test/self-check';

/** Whether the nodes can hear each other. */
export class RedisCheck implements SelfCheck {
  readonly name = 'Redis';
  readonly adviceOnFailure =
    'Start Redis, and check REDIS_URL: until then people on other nodes see news up to 15 seconds late.';

  /** Throws unless Redis answers. */
  constructor(private readonly ask: () => Promise<void>) {}

  async run(): Promise<Finding> {
    await this.ask();
    return { state: 'ok', found: 'Redis answers.' };
  }
}
