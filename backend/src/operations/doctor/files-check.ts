import type { DataSource } from 'typeorm';
import { KEY_PREFIXES, type FileStore } from '../../attachments';
import type { Finding, SelfCheck } from '../self-test/self-check';

const SAMPLE = 200;
const MOST_NAMED = 5;
/** Younger bytes may still get their row; older ones are swept away within a day. */
const SETTLED_MS = 2 * 24 * 3_600_000;

/** Whether the bytes of files are where rows say, and no others: of the newest, and of one part of the store. */
export class FilesCheck implements SelfCheck {
  readonly name = 'Attachments';
  readonly adviceOnFailure = 'Check DATA_DIR and STORAGE_URL: they must be those that the files were stored with.';

  constructor(
    private readonly dataSource: DataSource,
    private readonly store: FileStore,
  ) {}

  async run(): Promise<Finding> {
    const { looked, missing } = await this.missing();
    const found = `Of ${looked} files that were looked for, ${looked - missing.length} are there.`;
    if (missing.length)
      return {
        state: 'failed',
        found: `${found} Missing: ${missing.slice(0, MOST_NAMED).join(', ')}${missing.length > MOST_NAMED ? ', …' : ''}.`,
        advice: `${this.adviceOnFailure} What is lost is in a backup.`,
      };
    const unknown = await this.unknown(KEY_PREFIXES[Math.floor(Math.random() * KEY_PREFIXES.length)]);
    if (!unknown) return { state: 'ok', found };
    return {
      state: 'warning',
      found: `${found} In one of ${KEY_PREFIXES.length} parts of the store no row names ${unknown} of the files.`,
      advice: 'A running server removes them within a day. Does another installation keep its files there?',
    };
  }

  private async missing(): Promise<{ looked: number; missing: string[] }> {
    const rows = await this.dataSource.query<{ storageKey: string }[]>(
      `SELECT storageKey FROM attachments WHERE state <> 'removed' ORDER BY id DESC LIMIT ${SAMPLE}`,
    );
    const missing: string[] = [];
    for (const { storageKey } of rows) if (!(await this.store.facts(storageKey))) missing.push(storageKey);
    return { looked: rows.length, missing };
  }

  private async unknown(prefix: string): Promise<number> {
    let count = 0;
    for (const key of (await this.store.keys(prefix)).slice(0, SAMPLE)) {
      const rows = await this.dataSource.query<unknown[]>(
        `SELECT id FROM attachments WHERE (storageKey = ? OR thumbnailKey = ?) AND state <> 'removed' LIMIT 1`,
        [key, key],
      );
      const facts = rows.length ? undefined : await this.store.facts(key);
      if (facts && Date.now() - facts.storedAt.getTime() > SETTLED_MS) count += 1;
    }
    return count;
  }
}
