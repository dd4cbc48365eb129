import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { DataSource } from 'typeorm';
import { FreezeWatch, newId, ValidationFailed, type Clock } from '../common';
import type { Settings } from '../config';
import { createDataSource, dataSourceOptions, migrate, Statements, UnitOfWork, type Transaction } from '../database';
import { Attachment } from './attachment.entity';
import { AttachmentsService } from './attachments.service';
import type { ByteRemoval } from './byte-removal';
import type { FileStore } from './file-store';
import type { ReceivedFile } from './file-receiver';
import type { FilePreparer, PreparedFile } from './prepared-file';
import { StagedFilesSweeper } from './staged-files.sweeper';

const TICKET = 1001;
const HOUR_MS = 3_600_000;

const aFile = (change: Partial<PreparedFile> = {}): PreparedFile => ({
  filename: 'shot.png',
  mediaType: 'image/png',
  kind: 'picture',
  size: 1_000,
  width: 10,
  height: 10,
  storageKey: 'a'.repeat(32),
  thumbnailKey: 'b'.repeat(32),
  sha256: 'c'.repeat(64),
  ...change,
});

describe('AttachmentsService', () => {
  const [uploader, other, message] = [newId(), newId(), newId()];
  let dataDir: string;
  let dataSource: DataSource;
  let unitOfWork: UnitOfWork;
  let service: AttachmentsService;
  let sweeper: StagedFilesSweeper;
  let now: Date;
  let removed: string[];

  beforeEach(async () => {
    now = new Date('2026-05-01T12:00:00Z');
    removed = [];
    dataDir = mkdtempSync(join(tmpdir(), 'parley-attachments-'));
    dataSource = await createDataSource({
      ...dataSourceOptions({ dataDir, databaseUrl: undefined }),
      entities: [Attachment],
    }).initialize();
    await migrate(dataSource);
    await addPeopleAndTicket();
    unitOfWork = new UnitOfWork(
      dataSource,
      { run: () => Promise.resolve() } as never,
      new EventEmitter2(),
      new FreezeWatch(),
    );
    const clock: Clock = { now: () => now };
    const byteRemoval = {
      promise: (_tx: Transaction, { id }: Attachment) => Promise.resolve(void removed.push(id)),
    } as unknown as ByteRemoval;
    const settings = { files: { minImages: 1 } } as Settings;
    service = new AttachmentsService(
      dataSource,
      new Statements(dataSource),
      clock,
      settings,
      {} as FilePreparer,
      {} as FileStore,
      byteRemoval,
    );
    sweeper = new StagedFilesSweeper(dataSource, unitOfWork, clock, byteRemoval);
  });

  afterEach(async () => {
    await dataSource.destroy();
    rmSync(dataDir, { recursive: true });
  });

  async function addPeopleAndTicket(): Promise<void> {
    for (const id of [uploader, other])
      await dataSource.query(
        `INSERT INTO users (id, email, emailKey, name, role, active, preferences, createdAt) VALUES (?, ?, ?, 'Name', 'customer', 1, '{}', '2026-01-01')`,
        [id, id, id],
      );
    await dataSource.query(
      `INSERT INTO tickets (number, requesterId, subject, description, status, statusRank, priority, priorityRank, tags, version, publicVersion, createdAt, updatedAt, publicUpdatedAt, needsReply)
       VALUES (?, ?, 's', 'd', 'open', 0, 'low', 0, '[]', 1, 1, '2026-01-01', '2026-01-01', '2026-01-01', 0)`,
      [TICKET, uploader],
    );
    await dataSource.query(
      `INSERT INTO messages (id, ticketNumber, staffSeq, publicSeq, kind, body, authorId, clientMsgId, payloadHash, createdAt) VALUES (?, ?, 2, 2, 'chat', 'b', ?, ?, 'h', '2026-01-01')`,
      [message, TICKET, uploader, newId()],
    );
  }

  const stage = (change: Partial<PreparedFile> = {}, uploaderId = uploader): Promise<Attachment> =>
    unitOfWork.run((tx) => service.stage(tx, { uploaderId, ticketNumber: TICKET, file: aFile(change) }));
  const bind = (attachmentIds: string[], uploaderId = uploader): Promise<Attachment[]> =>
    unitOfWork.run((tx) =>
      service.bindToMessage(tx, { uploaderId, ticketNumber: TICKET, messageId: message, attachmentIds }),
    );

  it('keeps the files of a new ticket in their order', async () => {
    const files = [aFile({ filename: 'b.png' }), aFile({ filename: 'a.png' })];
    await unitOfWork.run((tx) => service.bindToTicket(tx, { uploaderId: uploader, ticketNumber: TICKET, files }));
    expect((await service.ofTicket(TICKET)).map(({ filename }) => filename)).toEqual(['b.png', 'a.png']);
  });

  it('binds staged files to a message in the order it names them', async () => {
    const [first, second] = [await stage(), await stage()];
    await bind([second.id, first.id]);
    const bound = (await service.ofMessages([message])).get(message) ?? [];
    expect(bound.map(({ id, state }) => [id, state])).toEqual([
      [second.id, 'bound'],
      [first.id, 'bound'],
    ]);
    expect(await service.ofTicket(TICKET)).toEqual([]);
  });

  it('does not bind what somebody else staged, is bound already, or is named twice', async () => {
    const [mine, theirs] = [await stage(), await stage({}, other)];
    await expect(bind([mine.id, theirs.id])).rejects.toBeInstanceOf(ValidationFailed);
    expect((await service.get(mine.id)).state).toBe('staged');
    await expect(bind([mine.id, mine.id])).rejects.toBeInstanceOf(ValidationFailed);
    await bind([mine.id]);
    await expect(bind([mine.id])).rejects.toBeInstanceOf(ValidationFailed);
    await expect(bind(Array.from({ length: 6 }, newId))).rejects.toThrow('at most 5 files');
  });

  it('limits what one person may stage, not what others stage', async () => {
    await stage({ size: 100 * 1_048_576 });
    await expect(stage({ size: 1 })).rejects.toMatchObject({ status: 413 });
    await expect(stage({ size: 1 }, other)).resolves.toBeDefined();
  });

  it('takes the files of a removed message away', async () => {
    const { id } = await stage();
    await bind([id]);
    await unitOfWork.run((tx) => service.releaseOfMessage(tx, message));
    expect((await service.get(id)).state).toBe('removed');
    expect(await service.ofMessages([message])).toEqual(new Map());
    expect(removed).toEqual([id]);
  });

  it('forgets files that nobody sent within a day, and no others', async () => {
    const [old, sent] = [await stage(), await stage()];
    await bind([sent.id]);
    now = new Date(now.getTime() + 23 * HOUR_MS);
    const fresh = await stage();
    now = new Date(now.getTime() + 2 * HOUR_MS);
    expect(await sweeper.sweep()).toBe(1);
    expect(removed).toEqual([old.id]);
    await expect(service.get(old.id)).rejects.toMatchObject({ status: 404 });
    expect((await service.get(fresh.id)).state).toBe('staged');
  });

  it('asks for as many pictures as the settings say', () => {
    const [picture, document] = ['picture', 'document'].map((kind) => ({ kind }) as ReceivedFile);
    expect(() => service.assertEnoughPictures([document])).toThrow('add at least a picture');
    expect(() => service.assertEnoughPictures([picture])).not.toThrow();
  });
});
