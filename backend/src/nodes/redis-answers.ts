const CONNECT_MS = 3_000;

/** Throws unless Redis lets us in and answers. Its client is loaded only here, and where nodes are linked. */
export async function assertRedisAnswers(url: string): Promise<void> {
  const { createClient } = await import('redis');
  const client = createClient({ url, RESP: 2, socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false } });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.destroy();
  }
}
