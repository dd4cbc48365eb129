/** Loaded into the measured server: answers the questions of the bench about it. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';

const session = new Session();
session.connect();

const ANSWERS = {
  memory: () => {
    for (let round = 0; round < 4; round += 1) globalThis.gc();
    return process.memoryUsage();
  },
  'start-profile': async () => {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
  },
  'write-profile': async (folder) => {
    const { profile } = await session.post('Profiler.stop');
    writeFileSync(join(folder, `server-${process.pid}.cpuprofile`), JSON.stringify(profile));
  },
};

process.on('message', async ({ name, payload }) => process.send({ name, payload: await ANSWERS[name](payload) }));
process.channel.unref();
