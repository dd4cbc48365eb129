import { createInterface } from 'node:readline/promises';

/** What a person did wrong on the command line. */
export class UsageError extends Error {}

/** What a command was to find out, and nobody wants to hear. */
export class Found extends Error {}

const PROGRESS_MS = 5_000;

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Asks whoever sits at the terminal; undefined where nobody does. */
export async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/** Says now and then what is under way; what comes in between is left out. */
export function nowAndThen(): (line: () => string) => void {
  let told = Date.now();
  return (line) => {
    if (Date.now() - told < PROGRESS_MS) return;
    told = Date.now();
    say(line());
  };
}

export function stopwatch(): () => number {
  const start = Date.now();
  return () => Math.round((Date.now() - start) / 1_000);
}
