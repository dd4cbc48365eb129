import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access';
import { AuditLog } from '../../audit';
import { newId, ValidationFailed } from '../../common';
import { UnitOfWork, type Transaction } from '../../database';
import { Outbox } from '../../outbox';
import { Tag } from '../ticket.entity';
import { TAG_MOVES, type TagMove } from './tag-mover';
import { TagDto } from './tag.dto';
import { TagBusy, TagNameTaken, TagNotFound } from './tag.errors';
import { TagsService } from './tags.service';

type Change = 'renamed' | 'merged' | 'removed';

/** Renames, merges and deletes tags. What this means for tickets is promised here and done by `TagMover`. */
@Injectable()
export class TagMovesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tags: TagsService,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  /** The new name keeps the id, so that a repeated request finds its work done. */
  rename(actor: Actor, id: string, name: string): Promise<TagDto> {
    return this.unitOfWork.run(async (tx) => {
      const tag = await this.locked(tx, id);
      if (tag.tag === name) return TagDto.from(tag);
      await assertResting(tx, tag);
      await this.tags.introduce(tx, name);
      const renamed = await lockedByName(tx, name);
      if (renamed.uses > 0) throw new TagNameTaken(name);
      await assertResting(tx, renamed);
      await tx.manager.update(Tag, { tag: tag.tag }, { id: newId() });
      await tx.manager.update(Tag, { tag: name }, { id });
      await this.move(tx, actor, { ...tag, id }, name, 'renamed');
      return TagDto.from({ ...renamed, id });
    });
  }

  /** Returns the tag that is left. */
  merge(actor: Actor, id: string, into: string): Promise<TagDto> {
    return this.unitOfWork.run(async (tx) => {
      if (id === into) throw ValidationFailed.of('into', 'must be another tag');
      // In one order, so that two admins who merge at once never wait for each other.
      for (const first of [id, into].toSorted()) await touch(tx, first);
      const tag = await this.locked(tx, id);
      const other = await tx.manager.findOneBy(Tag, { id: into });
      if (!other) throw ValidationFailed.of('into', 'is not a tag that exists');
      if (tag.isMoving && tag.movesTo === other.tag) return TagDto.from(other);
      await assertResting(tx, tag);
      if (other.isMoving) throw new TagBusy();
      await this.move(tx, actor, tag, other.tag, 'merged');
      return TagDto.from(other);
    });
  }

  remove(actor: Actor, id: string): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const tag = await this.locked(tx, id);
      if (tag.isMoving && tag.movesTo === null) return;
      await assertResting(tx, tag);
      await this.move(tx, actor, tag, null, 'removed');
    });
  }

  private async locked(tx: Transaction, id: string): Promise<Tag> {
    await touch(tx, id);
    const tag = await tx.manager.findOneBy(Tag, { id });
    if (!tag) throw new TagNotFound();
    return tag;
  }

  private async move(tx: Transaction, actor: Actor, tag: Tag, to: string | null, change: Change): Promise<void> {
    await tx.manager.update(Tag, { tag: tag.tag }, { isMoving: true, movesTo: to });
    const move: TagMove = { tag: tag.tag, to, actorId: actor.id, after: 0 };
    await this.outbox.add(tx, TAG_MOVES, { ...move });
    await this.audit.record(tx, {
      action: 'tag.changed',
      actorId: actor.id,
      object: { type: 'tag', id: tag.id },
      data: { change, from: tag.tag, to, tickets: tag.uses },
    });
  }
}

/** Locks the row until commit. */
const touch = ({ manager }: Transaction, id: string): Promise<unknown> =>
  manager.query('UPDATE tags SET uses = uses WHERE id = ?', [id]);

async function lockedByName({ manager }: Transaction, name: string): Promise<Tag> {
  await manager.query('UPDATE tags SET uses = uses WHERE tag = ?', [name]);
  return manager.findOneByOrFail(Tag, { tag: name });
}

/** Throws while tickets come to it or leave it: what was begun last would be undone by what goes on. */
async function assertResting({ manager }: Transaction, tag: Tag): Promise<void> {
  const isTarget = await manager.existsBy(Tag, { isMoving: true, movesTo: tag.tag });
  if (tag.isMoving || isTarget) throw new TagBusy();
}
