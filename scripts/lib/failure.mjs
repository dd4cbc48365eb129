/** A failure that its message explains to the person at the keyboard; it is shown without a stack. */
export class Failure extends Error {
  /** @param {string} message @param {string} [output] what the failing tool printed */
  constructor(message, output = '') {
    super(message);
    this.output = output;
  }
}

/**
 * Runs a command to its end: expected failures become one sentence and exit code 1.
 *
 * @param {() => Promise<number>} command answers the exit code
 */
export async function exitWith(command) {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.output.trim()) console.error(error.output.trimEnd());
    console.error(error.message);
    process.exitCode = 1;
  }
}
