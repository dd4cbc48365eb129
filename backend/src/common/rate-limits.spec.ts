import { RateLimits, type Spent } from './rate-limits';
import { requestContext } from './request-context';

describe('RateLimits', () => {
  it('refuses what is over the number and says when to come back', async () => {
    const limits = new RateLimits(1);
    for (let count = 0; count < 30; count += 1) await limits.spend('tickets', 'cora');
    await expect(limits.spend('tickets', 'cora')).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterSeconds: 3600,
    });
  });

  it('counts each account and each kind by itself', async () => {
    const limits = new RateLimits(1);
    for (let count = 0; count < 5; count += 1) await limits.spend('registration', '192.0.2.1');
    await expect(limits.spend('registration', '192.0.2.2')).resolves.toBeUndefined();
    await expect(limits.spend('forgottenPassword', '192.0.2.1')).resolves.toBeUndefined();
  });

  it('stops many accounts behind one address, too', async () => {
    const limits = new RateLimits(1);
    await requestContext.run({ address: '192.0.2.1' }, async () => {
      for (let count = 0; count < 30; count += 1) await limits.spend('forgottenPassword', `person-${count}`);
      await expect(limits.spend('forgottenPassword', 'one more')).rejects.toMatchObject({ code: 'rate-limited' });
    });
  });

  it('multiplies every number by the scale', async () => {
    const limits = new RateLimits(2);
    for (let count = 0; count < 6; count += 1) await limits.spend('forgottenPassword', 'cora');
    await expect(limits.spend('forgottenPassword', 'cora')).rejects.toMatchObject({ code: 'rate-limited' });
  });

  it('counts what was spent elsewhere, and tells what was spent here', async () => {
    const [here, there] = [new RateLimits(1), new RateLimits(1)];
    const told: Spent[] = [];
    here.watch((spent) => told.push(spent));
    for (let count = 0; count < 3; count += 1) await here.spend('forgottenPassword', 'cora');
    await here.spend('events', 'cora');
    expect(told).toEqual(Array(3).fill({ name: 'forgottenPassword', per: 'account', key: 'cora', times: 1 }));
    await there.count({ ...told[0], times: 3 });
    await expect(there.spend('forgottenPassword', 'cora')).rejects.toMatchObject({ code: 'rate-limited' });
    await expect(there.spend('forgottenPassword', 'carl')).resolves.toBeUndefined();
  });
});
