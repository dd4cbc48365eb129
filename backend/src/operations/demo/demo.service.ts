import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Actor } from '../../access';
import { AuditLog } from '../../audit';
import { Passwords } from '../../auth';
import { CannedRepliesService } from '../../canned-replies';
import { DomainError } from '../../common';
import { Settings } from '../../config';
import { UnitOfWork } from '../../database';
import { Ticket } from '../../tickets';
import { canonicalEmail, User, UsersService } from '../../users';
import { forgetAccounts, keepAccounts, readablePassword, type DemoAccount } from './demo-accounts';
import { DemoEraser, type Erased } from './demo-eraser';
import { DEMO_PEOPLE, DEMO_PERSON_KEYS, type DemoPersonKey } from './demo-people';
import { DEMO_REPLIES } from './demo-replies';
import { OLD_STORIES } from './old-stories';
import { OPEN_STORIES } from './open-stories';
import type { StoryClock } from './story-clock';
import { StoryTeller, type Cast } from './story-teller';

const DAY_MS = 86_400_000;
/** They have had their accounts for longer than any story lasts. */
const ACCOUNT_AGE_DAYS = 12;

/** Whoever removed it would be gone, too. */
export class SampleAccount extends DomainError {
  constructor() {
    super(
      'conflict',
      'You are signed in as one of the sample people. Invite yourself as an admin under People, and remove the sample data from there.',
      { code: 'sample-account' },
    );
  }
}

/** Sample people and tickets for those who try the product. */
@Injectable()
export class DemoService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
    private readonly users: UsersService,
    private readonly passwords: Passwords,
    private readonly teller: StoryTeller,
    private readonly eraser: DemoEraser,
    private readonly audit: AuditLog,
    private readonly replies: CannedRepliesService,
  ) {}

  /** Needs an application whose clock is `clock`. The passwords are random and known to the caller and one file only. */
  async load(clock: StoryClock): Promise<DemoAccount[]> {
    const today = clock.now();
    if ((await this.people()).length)
      throw new DomainError('conflict', 'The demo data is there already. Remove it first, with demo:remove.');
    const accounts = DEMO_PERSON_KEYS.map((key) => ({ ...DEMO_PEOPLE[key], password: readablePassword() }));
    clock.moveTo(new Date(today.getTime() - ACCOUNT_AGE_DAYS * DAY_MS));
    const cast = await this.createPeople(accounts);
    for (const { by, ...reply } of DEMO_REPLIES) await this.replies.create(cast[by], reply);
    await keepAccounts(
      this.settings.dataDir,
      accounts.map(({ email, password, role, name }) => ({ email, password, role, name })),
    );
    await this.teller.tell(cast, [...OLD_STORIES, ...OPEN_STORIES], clock, today);
    return accounts;
  }

  /** Takes the people of the demo away, and all of their tickets. */
  async remove(): Promise<Erased> {
    const erased = await this.eraser.erase(await this.people());
    await forgetAccounts(this.settings.dataDir);
    return erased;
  }

  /** What `remove` would take away. */
  async count(): Promise<{ people: number; tickets: number }> {
    const people = await this.people();
    const tickets = await this.dataSource.manager.countBy(Ticket, { requesterId: In(people.map(({ id }) => id)) });
    return { people: people.length, tickets };
  }

  /** Takes the demo away for an admin, who must not be a part of it: there is always somebody who can sign in. */
  async removeFor(actor: Actor): Promise<Erased> {
    const people = await this.people();
    if (people.some(({ id }) => id === actor.id)) throw new SampleAccount();
    const erased = await this.remove();
    const { people: gone, tickets } = erased;
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, { action: 'sample-data.removed', actorId: actor.id, data: { people: gone, tickets } }),
    );
    return erased;
  }

  private people(): Promise<User[]> {
    const keys = DEMO_PERSON_KEYS.map((key) => canonicalEmail(DEMO_PEOPLE[key].email));
    return this.dataSource.manager.findBy(User, { emailKey: In(keys) });
  }

  private async createPeople(accounts: readonly DemoAccount[]): Promise<Cast> {
    const hashes = await Promise.all(accounts.map(({ password }) => this.passwords.hash(password)));
    const users = await this.unitOfWork.run(async (tx) => {
      const created: User[] = [];
      for (const [index, { email, name, role }] of accounts.entries())
        created.push(await this.users.create(tx, { email, name, role, passwordHash: hashes[index], confirmed: true }));
      return created;
    });
    const actors = users.map(({ id, name, role }): Actor => ({ id, name, role, signInId: '' }));
    return Object.fromEntries(DEMO_PERSON_KEYS.map((key, index) => [key, actors[index]])) as Record<
      DemoPersonKey,
      Actor
    >;
  }
}
