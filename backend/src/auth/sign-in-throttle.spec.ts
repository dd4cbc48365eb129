import { RateLimited } from '../common';
import type { Settings } from '../config';
import { Nodes, NodeTimes } from '../nodes';
import { SignInThrottle } from './sign-in-throttle';

const throttle = (scale = 1): SignInThrottle =>
  new SignInThrottle({ rateLimitScale: scale } as Settings, new Nodes(undefined, new NodeTimes()));

async function fail(subject: SignInThrottle, account: string, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) await subject.failed(subject.ofVisitor(account, false));
}

describe('SignInThrottle', () => {
  it('lets people mistype a few times', async () => {
    const subject = throttle();
    await fail(subject, 'cora@example.com', 5);
    await expect(subject.assertMayTry(subject.ofVisitor('cora@example.com', false))).resolves.toBeUndefined();
  });

  it('makes the account wait from the sixth wrong password on, longer each time', async () => {
    const subject = throttle();
    const pauses: number[] = [];
    for (const further of [6, 1, 1]) {
      await fail(subject, 'cora@example.com', further);
      const refusal = await subject
        .assertMayTry(subject.ofVisitor('cora@example.com', false))
        .catch((error: unknown) => error as RateLimited);
      pauses.push((refusal as RateLimited).retryAfterSeconds ?? 0);
    }
    expect(pauses).toEqual([15, 30, 60]);
  });

  it('lets everybody try again once the pause is over, and forgets the wrong ones with the right one', async () => {
    jest.useFakeTimers();
    try {
      const subject = throttle();
      const visitor = subject.ofVisitor('cora@example.com', false);
      await fail(subject, 'cora@example.com', 7);
      await expect(subject.assertMayTry(visitor)).rejects.toThrow(RateLimited);
      jest.advanceTimersByTime(31_000);
      await expect(subject.assertMayTry(visitor)).resolves.toBeUndefined();
      await subject.succeeded(visitor);
      await fail(subject, 'cora@example.com', 5);
      await expect(subject.assertMayTry(visitor)).resolves.toBeUndefined();
    } finally {
      jest.useRealTimers();
    }
  });

  it('leaves other accounts alone', async () => {
    const subject = throttle();
    await fail(subject, 'cora@example.com', 12);
    await expect(subject.assertMayTry(subject.ofVisitor('dan@example.com', false))).resolves.toBeUndefined();
  });

  it('forgets the wrong ones after a right one', async () => {
    const subject = throttle();
    await fail(subject, 'cora@example.com', 8);
    await subject.succeeded(subject.ofVisitor('cora@example.com', false));
    await expect(subject.assertMayTry(subject.ofVisitor('cora@example.com', false))).resolves.toBeUndefined();
  });

  it('scales with the setting', async () => {
    const subject = throttle(10);
    await fail(subject, 'cora@example.com', 50);
    await expect(subject.assertMayTry(subject.ofVisitor('cora@example.com', false))).resolves.toBeUndefined();
  });
});
