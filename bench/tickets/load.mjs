/** A client in a process of its own: requests one after the other, or many at once. */
import { Agent, request } from 'node:http';
import { percentiles } from './report.mjs';

/** For what can be done only once with each ticket. */
const WARM_UP = 40;
/** A server that has been running for a while is measured, and not how long its code takes to be compiled. */
const WARM_UP_MS = 3_000;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const ANSWERS = {
  'warm-up': async ({ url, kind }) => {
    const end = performance.now() + WARM_UP_MS;
    for (let index = 0; index < WARM_UP || (!kind.once && performance.now() < end); index += 1)
      await run(url, stepsAt(kind, index));
  },
  'one-by-one': async ({ url, kind, requests }) => {
    const times = [];
    const count = kind.once ? Math.min(requests, kind.steps.length - WARM_UP) : requests;
    for (let index = 0; index < count; index += 1) {
      const start = performance.now();
      await run(url, stepsAt(kind, WARM_UP + index));
      times.push(performance.now() - start);
    }
    return { count, ...percentiles(times) };
  },
  throughput: async ({ url, kind, seconds }) => {
    const end = performance.now() + seconds * 1_000;
    const times = [];
    let failed = 0;
    let next = 0;
    const client = async () => {
      while (performance.now() < end) {
        const start = performance.now();
        await run(url, stepsAt(kind, (next += 1))).then(
          () => times.push(performance.now() - start),
          () => (failed += 1),
        );
      }
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: kind.clients }, client));
    const took = (performance.now() - start) / 1_000;
    return { count: times.length, failed, perSecond: times.length / took, ...percentiles(times) };
  },
};

const stepsAt = ({ steps }, index) => steps[index % steps.length];

async function run(url, steps) {
  for (const step of steps) await send(url, step);
}

function send(url, { method, path, token, body }) {
  const text = body && JSON.stringify(body);
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  };
  return new Promise((resolve, reject) => {
    const call = request(`${url}${path}`, { method, agent, headers }, (response) => {
      response.on('data', () => undefined);
      response.on('end', () =>
        response.statusCode < 300 ? resolve() : reject(new Error(`${method} ${path} answered ${response.statusCode}.`)),
      );
    });
    call.on('error', reject);
    call.end(text);
  });
}

process.on('message', async ({ name, payload }) => process.send({ name, payload: await ANSWERS[name](payload) }));
