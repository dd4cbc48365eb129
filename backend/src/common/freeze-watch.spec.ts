import { Unavailable } from './domain-error';
import { FreezeWatch } from './freeze-watch';
import { requestContext } from './request-context';

describe('FreezeWatch', () => {
  let now: number;
  let watch: FreezeWatch;
  let thaws: number;
  beforeEach(() => {
    now = 50_000;
    watch = new FreezeWatch(() => now);
    thaws = 0;
    watch.onThaw(() => (thaws += 1));
    watch.look();
  });
  afterEach(() => watch.onModuleDestroy());

  const wait = (ms: number): void => {
    now += ms;
    watch.look();
  };
  const serve = (work: () => void): void => requestContext.run({ arrivedAt: now }, work);

  it('takes a process that is merely busy for running', () => {
    wait(4_900);
    wait(4_900);
    expect(watch.isThawing).toBe(false);
    expect(thaws).toBe(0);
  });

  it('notices with the first thing that comes in, and tells of it once', () => {
    now += 6_000;
    expect(watch.isThawing).toBe(true);
    expect(watch.isThawing).toBe(true);
    expect(thaws).toBe(1);
  });

  it('takes things in again when all that waited has come in', () => {
    now += 6_000;
    watch.look();
    wait(900);
    expect(watch.isThawing).toBe(true);
    wait(200);
    expect(watch.isThawing).toBe(false);
  });

  it('does not let a request end that was under way when the process stopped', () => {
    serve(() => {
      now += 6_000;
      expect(() => watch.assertInTime()).toThrow(Unavailable);
    });
  });

  it('lets requests end that came before or after, and work that nobody waits for', () => {
    serve(() => {
      wait(3_000);
      watch.assertInTime();
    });
    now += 6_000;
    watch.look();
    watch.assertInTime();
    serve(() => watch.assertInTime());
  });

  it('does not hold it against work that goes on for long after the request', () => {
    serve(() => {
      now += 6_000;
      watch.look();
      for (let second = 0; second < 15; second += 1) wait(1_000);
      watch.assertInTime();
    });
  });
});
