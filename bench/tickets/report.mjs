const ms = (value) => value.toFixed(2).padStart(8);

function processor(count, before, after) {
  const per = (name) => ((after[name] - before[name]) / count).toFixed(2);
  return `processor ${per('serverMs')} + ${per('databaseMs')} ms`;
}

export function printRow(name, { p50, p95, p99, count }, before, after) {
  console.log(
    `${name.padEnd(28)} p50 ${ms(p50)}  p95 ${ms(p95)}  p99 ${ms(p99)} ms   ${processor(count, before, after)}`,
  );
}

export function printThroughput({ name, clients }, { perSecond, p99, count, failed }, before, after) {
  const failures = failed ? `, ${failed} FAILED` : '';
  console.log(
    `${`${name} x ${clients}`.padEnd(28)} ${perSecond.toFixed(0).padStart(6)}/s, p99 ${ms(p99)} ms   ${processor(count, before, after)}${failures}`,
  );
}

export function printRatio(name, large, small) {
  console.log(`${name.padEnd(28)} ${(large / small).toFixed(2)} times what the small desk costs`);
}

/** @param {number[]} values */
export function percentiles(values) {
  const sorted = Float64Array.from(values).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
