import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { Unavailable } from '../../src/common';
import { InTransaction, UnitOfWork, type DomainEvent, type Transaction } from '../../src/database';
import { ENGINE } from '../support/databases';
import { startRooms, type Rooms } from './support/rooms';

/** A row that a request stores. */
@Entity('proof_entries')
class Entry {
  @PrimaryColumn({ type: 'varchar', length: 50 }) name!: string;
  @Column({ type: 'int' }) value!: number;
}

class EntryStored implements DomainEvent {
  static readonly eventName = 'proof.entry-stored';
  readonly name = EntryStored.eventName;
  constructor(
    readonly entry: string,
    readonly companion: 'stored' | 'refused' = 'stored',
  ) {}
}

/** News that a listener records while the unit is still open. */
class CompanionStored implements DomainEvent {
  static readonly eventName = 'proof.companion-stored';
  readonly name = CompanionStored.eventName;
  constructor(readonly entry: string) {}
}

@Injectable()
class Listeners {
  /** For each event that left: whether its row could be read at that moment. */
  readonly heard: { entry: string; wasStored: Promise<boolean> }[] = [];
  readonly companions: string[] = [];

  constructor(private readonly dataSource: DataSource) {}

  @InTransaction(EntryStored)
  async storeCompanion({ entry, companion }: EntryStored, tx: Transaction): Promise<void> {
    await tx.manager.insert(Entry, { name: `companion of ${entry}`, value: 0 });
    if (companion === 'refused') throw new Error('The companion does not agree.');
    tx.record(new CompanionStored(entry));
  }

  @OnEvent(EntryStored.eventName)
  hear({ entry }: EntryStored): void {
    this.heard.push({ entry, wasStored: this.dataSource.manager.existsBy(Entry, { name: entry }) });
  }

  @OnEvent(CompanionStored.eventName)
  hearCompanion({ entry }: CompanionStored): void {
    this.companions.push(entry);
  }
}

class Refused extends Error {}

describe('a unit of work', () => {
  let rooms: Rooms;
  let unitOfWork: UnitOfWork;
  let dataSource: DataSource;
  let listeners: Listeners;

  beforeAll(async () => {
    rooms = await startRooms({ imports: [TypeOrmModule.forFeature([Entry])], providers: [Listeners] });
    unitOfWork = rooms.module.get(UnitOfWork);
    dataSource = rooms.module.get(DataSource);
    listeners = rooms.module.get(Listeners);
    await dataSource.query('CREATE TABLE proof_entries (name varchar(50) NOT NULL PRIMARY KEY, value int NOT NULL)');
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    await dataSource.query('DELETE FROM proof_entries');
    listeners.heard.length = 0;
    listeners.companions.length = 0;
  });

  const names = async (): Promise<string[]> => {
    const entries = await dataSource.manager.find(Entry, { order: { name: 'ASC' } });
    return entries.map(({ name }) => name);
  };

  it('leaves exactly what was acknowledged when fifty requests write at once and half of them fail late', async () => {
    const seen = new Set<string>();
    let isWriting = true;
    const readers = Array.from({ length: 4 }, async () => {
      while (isWriting) {
        for (const name of await names()) seen.add(name);
        await sleep(1);
      }
    });
    const request = async (index: number): Promise<string> => {
      const name = `request ${String(index).padStart(2, '0')}`;
      await unitOfWork.run(async ({ manager }) => {
        await manager.insert(Entry, { name, value: index });
        await sleep(index % 4);
        await manager.update(Entry, { name }, { value: index * 2 });
        if (index % 2) throw new Refused(name);
      });
      return name;
    };
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, (_, index) => request(index)));
    isWriting = false;
    await Promise.all(readers);

    const acknowledged = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(acknowledged).toHaveLength(25);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(Refused);
    await expect(names()).resolves.toEqual(acknowledged);
    expect([...seen].filter((name) => !acknowledged.includes(name))).toEqual([]);
  });

  it('lets no plain write of somebody else be lost with work that is rolled back', async () => {
    const failing = unitOfWork.run(async ({ manager }) => {
      await manager.insert(Entry, { name: 'rolled back', value: 1 });
      await sleep(20);
      throw new Refused();
    });
    await sleep(5);
    await dataSource.manager.insert(Entry, { name: 'by itself', value: 2 });
    await expect(failing).rejects.toThrow(Refused);
    await expect(names()).resolves.toEqual(['by itself']);
  });

  it('adds up all increments of fifty units that race for one row', async () => {
    await dataSource.manager.insert(Entry, { name: 'counter', value: 0 });
    await Promise.all(
      Array.from({ length: 50 }, () =>
        unitOfWork.run(async ({ manager }) => {
          await manager.query(`UPDATE proof_entries SET value = value WHERE name = 'counter'`);
          const { value } = await manager.findOneByOrFail(Entry, { name: 'counter' });
          await manager.update(Entry, { name: 'counter' }, { value: value + 1 });
        }),
      ),
    );
    await expect(dataSource.manager.findOneByOrFail(Entry, { name: 'counter' })).resolves.toMatchObject({ value: 50 });
  });

  it('sees after waiting for a lock what the one before it committed', async () => {
    await dataSource.manager.insert(Entry, { name: 'ticket', value: 0 });
    const first = unitOfWork.run(async ({ manager }) => {
      await manager.update(Entry, { name: 'ticket' }, { value: 1 });
      await sleep(30);
    });
    await sleep(5);
    const second = unitOfWork.run(async ({ manager }) => {
      await manager.findOneByOrFail(Entry, { name: 'ticket' });
      await manager.query(`UPDATE proof_entries SET value = value WHERE name = 'ticket'`);
      return manager.findOneByOrFail(Entry, { name: 'ticket' });
    });
    await first;
    await expect(second).resolves.toMatchObject({ value: 1 });
  });

  describe('tells its news', () => {
    it('only once they are true', async () => {
      await Promise.all(
        ['a', 'b', 'c'].map((name) =>
          unitOfWork.run(async (tx) => {
            tx.record(new EntryStored(name));
            await tx.manager.insert(Entry, { name, value: 1 });
            await sleep(5);
            expect(listeners.heard.map(({ entry }) => entry)).not.toContain(name);
          }),
        ),
      );
      expect(listeners.heard.map(({ entry }) => entry).toSorted()).toEqual(['a', 'b', 'c']);
      await expect(Promise.all(listeners.heard.map(({ wasStored }) => wasStored))).resolves.toEqual([true, true, true]);
    });

    it('to nobody when it is rolled back', async () => {
      const failing = unitOfWork.run(async (tx) => {
        tx.record(new EntryStored('never'));
        await tx.manager.insert(Entry, { name: 'never', value: 1 });
        throw new Refused();
      });
      await expect(failing).rejects.toThrow(Refused);
      expect(listeners.heard).toEqual([]);
    });

    it('to listeners inside, who store along with it and whose own news leave too', async () => {
      await unitOfWork.run(async (tx) => {
        await tx.manager.insert(Entry, { name: 'entry', value: 1 });
        tx.record(new EntryStored('entry'));
      });
      await expect(names()).resolves.toEqual(['companion of entry', 'entry']);
      expect(listeners.companions).toEqual(['entry']);
    });

    it('and shares the fate of a listener inside that fails', async () => {
      const failing = unitOfWork.run(async (tx) => {
        await tx.manager.insert(Entry, { name: 'entry', value: 1 });
        tx.record(new EntryStored('entry', 'refused'));
      });
      await expect(failing).rejects.toThrow('does not agree');
      await expect(names()).resolves.toEqual([]);
      expect(listeners.heard).toEqual([]);
      expect(listeners.companions).toEqual([]);
    });
  });

  describe('is the only one', () => {
    it('and refuses to be opened inside another one', async () => {
      const nested = unitOfWork.run(async ({ manager }) => {
        await manager.insert(Entry, { name: 'outer', value: 1 });
        await unitOfWork.run(() => Promise.resolve());
      });
      await expect(nested).rejects.toThrow('cannot be opened inside another one');
      await expect(names()).resolves.toEqual([]);
    });

    it('and never takes in a statement that goes past its transaction', async () => {
      const unit = unitOfWork.run(async ({ manager }) => {
        await manager.insert(Entry, { name: 'inside', value: 1 });
        return names();
      });
      if (ENGINE === 'sqlite') await expect(unit).rejects.toThrow('must go through its transaction');
      else await expect(unit).resolves.toEqual([]);
    });

    it('but what it started may open its own afterwards', async () => {
      let later: Promise<void> | undefined;
      await unitOfWork.run(async ({ manager }) => {
        await manager.insert(Entry, { name: 'first', value: 1 });
        later = sleep(20).then(() =>
          unitOfWork.run(async (tx) => {
            await tx.manager.insert(Entry, { name: 'second', value: 2 });
          }),
        );
      });
      await later;
      await expect(names()).resolves.toEqual(['first', 'second']);
    });
  });

  describe('that loses a race', () => {
    it('runs again from the start, and its news leave once', async () => {
      await dataSource.manager.insert(Entry, [
        { name: 'left', value: 0 },
        { name: 'right', value: 0 },
      ]);
      const attempts: string[] = [];
      const crossing = (first: string, second: string): Promise<void> =>
        unitOfWork.run(async (tx) => {
          attempts.push(first);
          tx.record(new EntryStored(`${first} ${attempts.length > 2 ? 'again' : 'at once'}`));
          await tx.manager.increment(Entry, { name: first }, 'value', 1);
          await sleep(50);
          await tx.manager.increment(Entry, { name: second }, 'value', 1);
        });
      await Promise.all([crossing('left', 'right'), crossing('right', 'left')]);
      const entries = await dataSource.manager.findBy(Entry, [{ name: 'left' }, { name: 'right' }]);
      expect(entries.map(({ value }) => value)).toEqual([2, 2]);
      expect(attempts).toHaveLength(ENGINE === 'mysql' ? 3 : 2);
      expect(listeners.heard).toHaveLength(2);
    });

    it('gives up after four tries and says that it may be tried again later', async () => {
      let attempts = 0;
      const losing = unitOfWork.run(() => {
        attempts += 1;
        return Promise.reject(
          Object.assign(new Error('lost'), ENGINE === 'mysql' ? { errno: 1213 } : { code: 'SQLITE_BUSY' }),
        );
      });
      await expect(losing).rejects.toThrow(Unavailable);
      expect(attempts).toBe(4);
    });

    it('is not run again for any other failure', async () => {
      let attempts = 0;
      const failing = unitOfWork.run(() => {
        attempts += 1;
        return Promise.reject(new Refused());
      });
      await expect(failing).rejects.toThrow(Refused);
      expect(attempts).toBe(1);
    });
  });
});
