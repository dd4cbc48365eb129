import { readFileSync } from 'node:fs';
import type { RoundOptions, RoundResult } from './round';

const LOG_LINES = 30;
const LOG_WIDTH = 240;
const FINDINGS = 40;

/** One line about a round that went well, all that is needed to understand one that did not. */
export function report(options: RoundOptions, result: RoundResult): string {
  const { findings, messages, faults, settledMs } = result;
  const told = `${messages} messages, ${faults} faults, everybody agreed after ${(settledMs / 1_000).toFixed(1)} s`;
  if (findings.length === 0) return `✓ ${nameOf(options)}: ${told}`;
  return [
    `✗ ${nameOf(options)}: ${told}`,
    section('What was done', result.timeline),
    section(`Broken promises (${findings.length})`, wordsOf(result)),
    ...result.logs.map((log) => section(`The end of ${log}`, lastLines(log))),
    `Logs and data stay in ${options.folder}. To repeat: ${repeat(options)}`,
  ].join('\n');
}

export const nameOf = ({ seed, engine }: RoundOptions): string => `seed ${seed} on ${engine}`;

export const repeat = ({ seed, engine, short }: RoundOptions): string =>
  `npm run test:chaos -- --seed ${seed} --engine ${engine}${short ? ' --short' : ''}`;

const wordsOf = ({ findings }: RoundResult): string[] => {
  const rest = findings.length - FINDINGS;
  return [
    ...findings.slice(0, FINDINGS).map(({ rule, what }) => `${rule}: ${what}`),
    ...(rest > 0 ? [`… and ${rest} more`] : []),
  ];
};

const section = (title: string, lines: readonly string[]): string =>
  [`── ${title}`, ...lines.map((line) => `   ${line}`)].join('\n');

function lastLines(path: string): string[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(-LOG_LINES);
  return lines.map((line) => line.slice(0, LOG_WIDTH));
}
