import { Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { Clock, Recurring } from '../common';
import { UnitOfWork } from '../database';
import { Attachment } from './attachment.entity';
import { ByteRemoval } from './byte-removal';

const LIFE_MS = 24 * 3_600_000;
const EVERY_MS = 15 * 60_000;
const BATCH = 100;

/** Removes files that were uploaded but never sent. Several nodes may sweep at once: a row is deleted by one of them. */
@Injectable()
export class StagedFilesSweeper extends Recurring {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly byteRemoval: ByteRemoval,
  ) {
    super(EVERY_MS, 'Unsent files could not be removed');
  }

  protected turn(): Promise<number> {
    return this.sweep();
  }

  /** Returns how many files it removed. */
  async sweep(): Promise<number> {
    const expired = await this.dataSource.manager.find(Attachment, {
      where: { state: 'staged', createdAt: LessThan(new Date(this.clock.now().getTime() - LIFE_MS)) },
      order: { createdAt: 'ASC' },
      take: BATCH,
    });
    let removed = 0;
    for (const attachment of expired) removed += (await this.remove(attachment)) ? 1 : 0;
    return removed;
  }

  /** Not when a message took it meanwhile, or another node was faster. */
  private remove(attachment: Attachment): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const { affected } = await tx.manager.delete(Attachment, { id: attachment.id, state: 'staged' });
      if (affected) await this.byteRemoval.promise(tx, attachment);
      return Boolean(affected);
    });
  }
}
