import { Finding } from '../../../core/api/models';
import { SocketTransport, TransportTest } from '../../../core/socket/transport-test';

const NAMES: Readonly<Record<SocketTransport, string>> = {
  websocket: 'Live connection (websocket)',
  polling: 'Live connection without websocket (polling)',
};

const ADVICE: Readonly<Record<SocketTransport, string>> = {
  websocket:
    'Let the proxy in front pass the headers Upgrade and Connection for /socket.io. Until then people use polling.',
  polling: 'Let the proxy in front pass /socket.io, and send a visitor to the same node each time.',
};

/** Tries a socket the way this browser reaches the server: through the proxy, where there is one. */
export async function checkTransport(test: TransportTest, transport: SocketTransport): Promise<Finding> {
  const name = NAMES[transport];
  try {
    return { name, state: 'ok', found: `Opened within ${await test.open(transport)} ms.` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { name, state: 'failed', found: `It could not be opened: ${reason}.`, advice: ADVICE[transport] };
  }
}
