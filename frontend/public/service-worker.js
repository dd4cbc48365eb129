/**
 * Lets the client start without a network: it keeps the page and the files of one release, and nothing else. No answer
 * of the API and no file of a ticket ever comes past here.
 *
 * The page is kept with its own headers, so that its policy and the nonce in its markup go on fitting together.
 */
(function () {
  /** The server puts the paths of this release here. */
  const FILES = '__CLIENT_FILES__';
  const PREFIX = 'parley-client-';
  const SHELL = '/';
  const AT_ONCE = 4;
  /** A network that takes longer than this to bring a page is taken for none, if there is a page to show instead. */
  const PATIENCE_MS = 6_000;
  const HASHED = /(?:-[A-Z0-9]{8}|\bchunk-[\w-]{8})\.\w+$/;
  const OF_SERVER = /^\/(?:api|socket\.io|health|metrics|\.well-known)(?:\/|$)/;

  const known = new Set(FILES);
  const cacheName = PREFIX + nameOf(FILES);
  let isSureOfServer = false;

  self.addEventListener('install', (event) => event.waitUntil(keepRelease()));
  self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

  self.addEventListener('fetch', (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== self.location.origin || request.method !== 'GET' || OF_SERVER.test(pathname)) return;
    if (request.mode === 'navigate') {
      event.respondWith(page(event));
      event.waitUntil(leaveIfUnwanted());
    } else if (HASHED.test(pathname)) event.respondWith(hashedFile(request));
    else if (known.has(pathname)) event.respondWith(plainFile(request));
  });

  self.addEventListener('message', (event) => {
    if (event.data?.kind === 'whose-release') event.waitUntil(tellRelease(event.data.script, event.ports[0]));
  });

  /** Another list of files is another release, and gets a cache of its own. */
  function nameOf(files) {
    let hash = 0;
    for (const character of files.join()) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0;
    return (hash >>> 0).toString(36);
  }

  /** All or nothing: half a release would start and then fail. Whoever saves data keeps files as they are used. */
  async function keepRelease() {
    const shell = await fetched(SHELL);
    const text = await shell.clone().text();
    const scripts = [...text.matchAll(/ src="(\/[^"]+-[A-Z0-9]{8}\.js)"/g)].map(([, path]) => path);
    if (!scripts.every((path) => known.has(path))) throw new Error('The server changes its release just now.');
    const cache = await caches.open(cacheName);
    const rest = self.navigator.connection?.saveData ? scripts : [...known];
    const keep = async () => {
      for (let path = rest.pop(); path; path = rest.pop()) await cache.put(path, await fetched(path));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, keep));
    await cache.put(SHELL, shell);
  }

  async function fetched(path) {
    const answer = await fetch(path, { credentials: 'same-origin' });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return answer;
  }

  /** Runs when no page of the release before is open any more: only then do its files go. */
  async function takeOver() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== cacheName).map(forget));
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  }

  const forget = (name) => caches.delete(name);
  const kept = (request) => caches.match(request, { ignoreVary: true });

  /** The server's own page whenever it gives one: a page is never older than it has to be. */
  async function page(event) {
    const shell = await kept(SHELL);
    const answer = fromServer(event);
    if (!shell) return answer;
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, shell));
    const usable = answer.then((response) => (response.status < 500 ? response : shell)).catch(() => shell);
    return Promise.race([usable, patience]);
  }

  const fromServer = async (event) => (await event.preloadResponse) ?? fetch(event.request);

  async function hashedFile(request) {
    const file = await kept(request);
    if (file) return file;
    const answer = await fetch(request);
    if (answer.ok && known.has(new URL(request.url).pathname)) {
      const cache = await caches.open(cacheName);
      await cache.put(request, answer.clone());
    }
    return answer;
  }

  const plainFile = (request) =>
    fetch(request).catch(async (error) => {
      const file = await kept(request);
      if (file) return file;
      throw error;
    });

  /** A server that no longer has this script wants none of it: nothing of it stays. */
  async function leaveIfUnwanted() {
    if (isSureOfServer) return;
    const answer = await fetch(self.location.pathname, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
    isSureOfServer = answer?.ok === true;
    if (answer?.status !== 404) return;
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PREFIX)).map(forget));
    await self.registration.unregister();
  }

  /** Whether a page was built with this release. If it was, and is the only one, nobody needs the release before. */
  async function tellRelease(script, port) {
    const isOwn = known.has(script);
    if (isOwn) {
      const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
      if (pages.length === 1) await self.skipWaiting();
    }
    port.postMessage({ isOwn });
  }
})();
