const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
const LINE_EVERY_MS = 15_000;

/** @param {number} ms */
export const seconds = (ms) => (ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);

/**
 * Shows that something long is under way: a spinner on a terminal, a line every 15 seconds elsewhere.
 *
 * @template T
 * @param {string} label what is being done, such as `Installing packages`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(label, work) {
  const started = Date.now();
  const elapsed = () => seconds(Date.now() - started);
  const stop = process.stdout.isTTY ? spin(label, elapsed) : tell(label, elapsed);
  try {
    const result = await work();
    stop();
    console.log(`✓ ${label} (${elapsed()})`);
    return result;
  } catch (error) {
    stop();
    console.log(`✗ ${label} (${elapsed()})`);
    throw error;
  }
}

/** @param {string} label @param {() => string} elapsed */
function spin(label, elapsed) {
  let frame = 0;
  const timer = setInterval(() => {
    frame = (frame + 1) % FRAMES.length;
    process.stdout.write(`\r\x1b[K${FRAMES[frame]} ${label} (${elapsed()})`);
  }, FRAME_MS);
  return () => {
    clearInterval(timer);
    process.stdout.write('\r\x1b[K');
  };
}

/** @param {string} label @param {() => string} elapsed */
function tell(label, elapsed) {
  console.log(`… ${label}`);
  const timer = setInterval(() => console.log(`… ${label}, ${elapsed()} so far`), LINE_EVERY_MS);
  return () => clearInterval(timer);
}
