import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { readOptions, roundsOf } from './options';
import { Recorder } from './record/recorder';
import { nameOf, repeat, report } from './report';
import { playRound, type RoundOptions } from './round';

/** No round takes longer; one that does hangs. */
const LIMIT_MS = { short: 240_000, full: 480_000 };
const SERVERS = ['mariadbd', 'mariadb-install-db', 'redis-server'];

const counts = { passed: 0, failed: 0, skipped: 0, notes: [] as string[] };

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const folder = mkdtempSync(join(tmpdir(), 'parley-chaos-'));
  const missing = SERVERS.filter((name) => !isInstalled(name));
  for (const round of roundsOf(options, folder)) {
    if (round.engine === 'mysql' && missing.length > 0) skip(round, missing);
    else await run(round);
  }
  if (counts.failed === 0) rmSync(folder, { recursive: true, force: true });
  if (options.report) writeFileSync(options.report, JSON.stringify(counts));
  say(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exit(counts.failed === 0 ? 0 : 1);
}

async function run(round: RoundOptions): Promise<void> {
  const started = Date.now();
  const seconds = (): number => Math.round((Date.now() - started) / 1_000);
  say(`… ${nameOf(round)}; to repeat it: ${repeat(round)}`);
  mkdirSync(round.folder, { recursive: true });
  const recorder = new Recorder();
  const limit = setTimeout(() => hangs(round, recorder), LIMIT_MS[round.short ? 'short' : 'full']);
  try {
    const result = await playRound(round, recorder);
    say(`${report(round, result)} (${seconds()} s in all)`);
    if (result.findings.length > 0) return fail(round, `${result.findings.length} broken promises`);
    counts.passed += 1;
    rmSync(round.folder, { recursive: true, force: true });
  } catch (error) {
    say([...recorder.timeline, error instanceof Error ? error.stack : String(error)].join('\n'));
    fail(round, 'could not be played to its end');
  } finally {
    clearTimeout(limit);
  }
}

function fail(round: RoundOptions, why: string): void {
  counts.failed += 1;
  counts.notes.push(`${nameOf(round)}: ${why}; logs are in ${round.folder}; to repeat it: ${repeat(round)}`);
  say(`✗ ${counts.notes.at(-1)}`);
}

/** Ends everything, with all that was started. */
function hangs(round: RoundOptions, { timeline }: Recorder): never {
  say(timeline.join('\n'));
  fail(round, 'took too long');
  process.exit(1);
}

function skip(round: RoundOptions, missing: readonly string[]): void {
  counts.skipped += 1;
  counts.notes.push(`skipped ${nameOf(round)}: ${missing.join(', ')} cannot be found`);
  say(`- ${counts.notes.at(-1)}`);
}

function isInstalled(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
void main();
