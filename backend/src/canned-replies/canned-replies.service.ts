import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../access';
import { AuditLog } from '../audit';
import { Clock, comparisonKey, newId, ValidationFailed, type ExpectedVersion } from '../common';
import { insertRow, InTransaction, isUniqueViolation, UnitOfWork, type Transaction } from '../database';
import { PeopleLoader, UserAnonymised } from '../users';
import { CannedReply, CannedReplyVersion } from './canned-reply.entity';
import {
  CannedReplyKeyTaken,
  CannedReplyNotFound,
  SharedReplyForbidden,
  StaleCannedReply,
  TooManyCannedReplies,
} from './canned-reply.errors';
import { CannedReplyList, SHARED } from './canned-reply-list';
import {
  CannedReplyVersionDto,
  type CannedReplyDto,
  type CreateCannedReplyDto,
  type UpdateCannedReplyDto,
} from './dto/canned-reply.dto';

const MOST_OWN = 200;
const MOST_SHARED = 500;
const TITLE_KEY_LENGTH = 100;
const WORDS_LENGTH = 11_000;

type Text = Pick<CannedReply, 'replyKey' | 'title' | 'body' | 'inReply' | 'inNote'>;

/** Texts that staff insert into what they write: everybody's own ones, and those that all share and admins write. */
@Injectable()
export class CannedRepliesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly list: CannedReplyList,
    private readonly people: PeopleLoader,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async get(actor: Actor, id: string): Promise<CannedReplyDto> {
    const reply = await this.dataSource.manager.findOneBy(CannedReply, { id });
    assertVisible(actor, reply);
    const [shown] = await this.list.shown([reply]);
    return shown;
  }

  /** All that a person wrote for themselves, oldest first. */
  async own({ id }: Actor): Promise<CannedReplyDto[]> {
    return this.list.shown(
      await this.dataSource.manager.find(CannedReply, { where: { keyScope: id }, order: { id: 'ASC' } }),
    );
  }

  async create(actor: Actor, { key, shared, ...input }: CreateCannedReplyDto): Promise<CannedReplyDto> {
    if (shared && actor.role !== 'admin') throw new SharedReplyForbidden();
    const now = this.clock.now();
    const reply: CannedReply = {
      id: newId(),
      userId: actor.id,
      shared,
      keyScope: shared ? SHARED : actor.id,
      ...stored({ ...input, replyKey: key }),
      uses: 0,
      lastUsedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await this.unitOfWork.run(async (tx) => {
      await assertRoom(tx, reply);
      await refuseTakenKey(reply, insertRow(tx.manager, CannedReply, reply));
      await this.remember(tx, actor, reply, 'created');
      tx.made(reply.id);
    });
    return this.get(actor, reply.id);
  }

  /** What says the same as before changes nothing. */
  async update(
    actor: Actor,
    id: string,
    { key, ...change }: UpdateCannedReplyDto,
    expected: ExpectedVersion,
  ): Promise<CannedReplyDto> {
    await this.unitOfWork.run(async (tx) => {
      const before = await this.changeable(tx, actor, id, expected);
      await this.store(tx, actor, before, { ...textOf(before), ...defined(change), ...(key && { replyKey: key }) });
    });
    return this.get(actor, id);
  }

  /** Makes what it said in an earlier version its newest one. */
  async restore(actor: Actor, id: string, version: number): Promise<CannedReplyDto> {
    await this.unitOfWork.run(async (tx) => {
      const before = await this.changeable(tx, actor, id, undefined);
      const earlier = await tx.manager.findOneBy(CannedReplyVersion, { replyId: id, version });
      if (!earlier) throw new CannedReplyNotFound();
      await this.store(tx, actor, before, textOf(earlier));
    });
    return this.get(actor, id);
  }

  async remove(actor: Actor, id: string, expected: ExpectedVersion): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const reply = await this.changeable(tx, actor, id, expected);
      await tx.manager.delete(CannedReply, { id });
      await this.log(tx, actor, reply, 'removed');
    });
  }

  /** Counts that somebody inserted it. */
  async use(actor: Actor, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      assertVisible(actor, await lock(tx, id));
      await tx.manager.update(CannedReply, { id }, { uses: () => 'uses + 1', lastUsedAt: this.clock.now() });
    });
  }

  /** What it said, the newest version first. */
  async versions(actor: Actor, id: string): Promise<CannedReplyVersionDto[]> {
    const { manager } = this.dataSource;
    assertVisible(actor, await manager.findOneBy(CannedReply, { id }));
    const versions = await manager.find(CannedReplyVersion, {
      where: { replyId: id },
      order: { version: 'DESC' },
      take: 100,
    });
    const people = await this.people.load(versions.map(({ authorId }) => authorId));
    return versions.map((version) => CannedReplyVersionDto.from(version, people));
  }

  /** What a person who is gone had for themselves; what all share stays. */
  @InTransaction(UserAnonymised)
  async forget({ userId }: UserAnonymised, { manager }: Transaction): Promise<void> {
    await manager.delete(CannedReply, { userId, shared: false });
  }

  /** Locked until commit, so that two changes at once do not undo each other. */
  private async changeable(tx: Transaction, actor: Actor, id: string, expected: ExpectedVersion): Promise<CannedReply> {
    const reply = await lock(tx, id);
    assertVisible(actor, reply);
    if (reply.shared && actor.role !== 'admin') throw new SharedReplyForbidden();
    if (expected && !expected.includes(reply.version)) throw new StaleCannedReply(reply.version);
    return reply;
  }

  private async store(tx: Transaction, actor: Actor, before: CannedReply, text: Text): Promise<void> {
    if (JSON.stringify(text) === JSON.stringify(textOf(before))) return;
    const columns = { ...stored(text), version: before.version + 1, updatedAt: this.clock.now() };
    await refuseTakenKey(before, tx.manager.update(CannedReply, { id: before.id }, columns));
    await this.remember(tx, actor, { ...before, ...columns }, 'updated');
  }

  private async remember(tx: Transaction, actor: Actor, reply: CannedReply, change: string): Promise<void> {
    const { id: replyId, version, updatedAt: at } = reply;
    await insertRow(tx.manager, CannedReplyVersion, { replyId, version, authorId: actor.id, at, ...textOf(reply) });
    await this.log(tx, actor, reply, change);
  }

  /** Only of what all share: what somebody keeps for themselves is nobody's business. */
  private async log(tx: Transaction, actor: Actor, { id, shared, title, replyKey }: CannedReply, change: string) {
    if (!shared) return;
    const object = { type: 'canned-reply', id } as const;
    const data = { change, name: title, key: replyKey };
    await this.audit.record(tx, { action: 'canned-reply.changed', actorId: actor.id, object, data });
  }
}

function assertVisible(actor: Actor, reply: CannedReply | null): asserts reply is CannedReply {
  if (!reply || (!reply.shared && reply.userId !== actor.id)) throw new CannedReplyNotFound();
}

async function lock({ manager }: Transaction, id: string): Promise<CannedReply | null> {
  await manager.query('UPDATE canned_replies SET version = version WHERE id = ?', [id]);
  return manager.findOneBy(CannedReply, { id });
}

/** The row of the owner is the lock, so that replies saved at once do not pass the limit together. */
async function assertRoom({ manager }: Transaction, { userId, keyScope, shared }: CannedReply): Promise<void> {
  await manager.query('UPDATE users SET active = active WHERE id = ?', [userId]);
  const most = shared ? MOST_SHARED : MOST_OWN;
  if ((await manager.countBy(CannedReply, { keyScope })) >= most) throw new TooManyCannedReplies(most, shared);
}

const textOf = ({ replyKey, title, body, inReply, inNote }: Text): Text => ({
  replyKey,
  title,
  body,
  inReply,
  inNote,
});

/** The columns of a text; it must be offered somewhere. */
function stored(text: Text): Text & Pick<CannedReply, 'titleKey' | 'words'> {
  const { replyKey, title, body, inReply, inNote } = text;
  if (!inReply && !inNote) throw ValidationFailed.of('inReply', 'must be true where inNote is false');
  return {
    ...textOf(text),
    titleKey: comparisonKey(title, TITLE_KEY_LENGTH),
    words: comparisonKey(`${replyKey}\n${title}\n${body}`, WORDS_LENGTH),
  };
}

const defined = <Fields extends object>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;

async function refuseTakenKey({ shared }: Pick<CannedReply, 'shared'>, write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw isUniqueViolation(error) ? new CannedReplyKeyTaken(shared) : error;
  }
}
