import { FailureLog } from './failure-log';

describe('FailureLog', () => {
  const told: unknown[] = [];
  const logger = { warn: (facts: unknown) => told.push(facts), log: (facts: unknown) => told.push(facts) };
  let log: FailureLog;
  beforeEach(() => {
    jest.useFakeTimers();
    told.length = 0;
    log = new FailureLog(logger, 'Something could not be done');
  });
  afterEach(() => jest.useRealTimers());

  const fail = (times: number, everyMs: number): void => {
    for (let count = 0; count < times; count += 1) {
      log.failed(new Error('away'), { kind: 'test' });
      jest.advanceTimersByTime(everyMs);
    }
  };

  it('tells the first failure at once, and of many in a minute no more', () => {
    fail(50, 1_000);
    expect(told).toEqual([{ err: new Error('away'), kind: 'test', failures: 1 }]);
  });

  it('tells how many there were once a minute', () => {
    fail(181, 1_000);
    expect(told).toMatchObject([{ failures: 1 }, { failures: 61 }, { failures: 121 }, { failures: 181 }]);
  });

  it('tells once when it is over, and nothing while nothing fails', () => {
    log.succeeded();
    fail(3, 10);
    log.succeeded();
    log.succeeded();
    expect(told).toMatchObject([{ failures: 1 }, { failures: 3 }]);
  });

  it('tells the next first failure at once', () => {
    fail(1, 10);
    log.succeeded();
    fail(1, 10);
    expect(told).toMatchObject([{ failures: 1 }, { failures: 1 }, { failures: 1 }]);
  });
});
