/** What one phase of sending did, as lines for people. */
export function printPhase(name, { sent, acknowledged, refused, seconds, seen, received, acknowledgedCount }) {
  const line = ({ p50, p99, max }) => `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, most ${max.toFixed(0)} ms`;
  console.log(
    `${name}: ${sent} sent, ${acknowledgedCount} acknowledged in ${seconds.toFixed(1)} s, ${refused} refused`,
  );
  console.log(`  acknowledged  ${line(acknowledged)}`);
  console.log(`  seen          ${line(seen)} (${received.seen} by others, ${received.other} further packets)`);
}

/** Processor time of server and database between two looks. */
export function printSystem({ acknowledgedCount }, before, after) {
  const perMessage = (name) => (after[name] - before[name]) / Math.max(1, acknowledgedCount);
  const [server, database] = [perMessage('serverMs'), perMessage('databaseMs')];
  console.log(
    `  processor     ${(server + database).toFixed(2)} ms per message (server ${server.toFixed(2)}, database ${database.toFixed(2)})`,
  );
}

/** @param {number[]} values */
export function percentiles(values) {
  const sorted = Float64Array.from(values).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
