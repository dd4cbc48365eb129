/** How much memory a process and those it started hold, read from the system. */
import { readFileSync } from 'node:fs';

const EVERY_MS = 25;

/** Looks until it is stopped, and then tells the most there was, in bytes. */
export function watchMemory(pid) {
  const peak = { server: 0, decoders: 0, together: 0 };
  const look = () => {
    const server = residentOf(pid);
    const decoders = childrenOf(pid).reduce((sum, child) => sum + residentOf(child), 0);
    peak.server = Math.max(peak.server, server);
    peak.decoders = Math.max(peak.decoders, decoders);
    peak.together = Math.max(peak.together, server + decoders);
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

/** Resident bytes; a process that ended meanwhile holds none. */
export function residentOf(pid) {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return 0;
    throw error;
  }
}

const childrenOf = (pid) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
