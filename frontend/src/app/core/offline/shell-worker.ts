const WORKER_PATH = '/service-worker.js';
/** As the policy of the page names it. */
const POLICY = 'parley-shell-worker';
const ANSWER_WITHIN_MS = 5_000;

/** What browsers with Trusted Types ask for in place of a plain address. */
interface ScriptUrlPolicies {
  createPolicy(name: string, rules: { createScriptURL: () => string }): { createScriptURL(input: string): string };
}

/**
 * Registers the worker that lets the client start without a network. Null where the browser has none, or the server
 * does not offer it.
 */
export async function registerShellWorker(): Promise<ServiceWorkerRegistration | null> {
  const container = (navigator as Partial<Navigator>).serviceWorker;
  if (!container) return null;
  try {
    return await container.register(workerUrl());
  } catch {
    return null; // switched off in this browser, or the server was just away: the next visit tries again
  }
}

/** Whether this page was built with the release that the worker keeps. Null when it gives no answer. */
export function isOwnRelease(worker: ServiceWorker, script: string): Promise<boolean | null> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ANSWER_WITHIN_MS);
    port1.onmessage = ({ data }: MessageEvent<{ isOwn: boolean }>) => {
      clearTimeout(timer);
      resolve(data.isOwn);
    };
    worker.postMessage({ kind: 'whose-release', script }, [port2]);
  });
}

/** The policy can say nothing but this one address, whatever it is asked. */
function workerUrl(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: ScriptUrlPolicies };
  if (!trustedTypes) return WORKER_PATH;
  return trustedTypes.createPolicy(POLICY, { createScriptURL: () => WORKER_PATH }).createScriptURL(WORKER_PATH);
}
