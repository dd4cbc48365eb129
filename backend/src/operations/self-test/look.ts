import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger } from '@nestjs/common';
import type { Finding, SelfCheck } from './self-check';

const PATIENCE_MS = 12_000;

export interface NamedFinding extends Finding {
  readonly name: string;
}

/** Runs checks all at once, and answers in their order; what does not end within 12 seconds has failed. */
export const lookAt = (checks: readonly SelfCheck[], logger: Pick<Logger, 'warn'>): Promise<NamedFinding[]> =>
  Promise.all(checks.map(async (check) => ({ name: check.name, ...(await findingOf(check, logger)) })));

async function findingOf(check: SelfCheck, logger: Pick<Logger, 'warn'>): Promise<Finding> {
  const patience = new AbortController();
  try {
    const tooLate = sleep(PATIENCE_MS, undefined, { signal: patience.signal, ref: false });
    const finding = await Promise.race([check.run(), tooLate]);
    return finding ?? failed(check, `No answer within ${PATIENCE_MS / 1_000} seconds.`);
  } catch (error) {
    logger.warn({ err: error, check: check.name }, 'A part of the installation does not work');
    return failed(check, error instanceof Error ? error.message : String(error));
  } finally {
    patience.abort();
  }
}

const failed = ({ adviceOnFailure }: SelfCheck, found: string): Finding => ({
  state: 'failed',
  found,
  advice: adviceOnFailure,
});
