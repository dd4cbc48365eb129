import { parseArgs } from 'node:util';
import { Found, say } from './cli-terminal';
import { examine, type NamedFinding } from './operations';

const MARKS = { ok: '✓', warning: '!', failed: '✗' } as const;

const lines = ({ name, state, found, advice }: NamedFinding): string[] => [
  `${MARKS[state]} ${name}: ${found}`,
  ...(advice && state !== 'ok' ? [`    → ${advice}`] : []),
];

/** `doctor`: what is wrong with an installation; it ends with an error when something does not work. */
export async function doctor(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const findings = await examine();
  const count = (state: NamedFinding['state']): number => findings.filter((finding) => finding.state === state).length;
  if (values.json) say(JSON.stringify(findings, undefined, 2));
  else for (const finding of findings) for (const line of lines(finding)) say(line);
  const sum = `${count('failed')} failed, ${count('warning')} to look at, ${count('ok')} fine.`;
  if (count('failed')) throw new Found(sum);
  if (!values.json) say(`\n${sum}`);
}
