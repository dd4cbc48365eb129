import type { Namespace, ServerOptions } from 'socket.io';
import type { Listener, NodeLink, Nodes } from '../nodes';

export const NODES_ADAPTER = Symbol('NodesAdapter');

/** Which sockets are meant. */
interface Selection {
  rooms: Set<string>;
  except?: Set<string>;
  flags?: { local?: boolean };
}

/** Of the sockets in a selection: into rooms, out of rooms, or off. */
interface RoomsOrder {
  act: 'join' | 'leave' | 'disconnect';
  among: string[];
  except: string[];
  rooms: string[];
  close: boolean;
}

/**
 * Pushes go to the sockets of all nodes through the Redis adapter of Socket.IO. Everything else it does with Redis is
 * done in another way here: orders take effect on this node at once instead of when Redis sends them back, and nothing
 * asks other nodes and waits. The package is loaded only where there is a link.
 */
export async function nodesAdapter(nodes: Nodes): Promise<ServerOptions['adapter'] | undefined> {
  const { link } = nodes;
  if (!link) return undefined;
  const { RedisAdapter } = await import('@socket.io/redis-adapter');
  const client = asClient(link);

  return class NodesAdapter extends RedisAdapter {
    constructor(namespace: Namespace) {
      super(namespace, client, client, { key: link?.prefix });
      nodes.listen<RoomsOrder>('rooms', (order) => this.follow(order));
    }

    override addSockets(selected: Selection, rooms: string[]): void {
      this.order('join', selected, rooms);
    }

    override delSockets(selected: Selection, rooms: string[]): void {
      this.order('leave', selected, rooms);
    }

    override disconnectSockets(selected: Selection, close: boolean): void {
      this.order('disconnect', selected, [], close);
    }

    override serverCount(): Promise<number> {
      return Promise.resolve(nodes.count);
    }

    private order(act: RoomsOrder['act'], selected: Selection, rooms: string[], close = false): void {
      const among = [...selected.rooms];
      const except = [...(selected.except ?? [])];
      const order = { act, among, except, rooms, close };
      this.follow(order);
      if (!selected.flags?.local) nodes.tell('rooms', order);
    }

    private follow({ act, among, except, rooms, close }: RoomsOrder): void {
      const selected = { rooms: new Set(among), except: new Set(except), flags: { local: true } };
      if (act === 'join') super.addSockets(selected, rooms);
      else if (act === 'leave') super.delSockets(selected, rooms);
      else super.disconnectSockets(selected, close);
    }
  };
}

/** The little that the adapter uses of a client, over a link that loses instead of failing or waiting. */
const asClient = (link: NodeLink): object => ({
  publish: (channel: string, message: Buffer) => link.publish(channel, message),
  subscribe: (channels: string[], listener: Listener) => {
    for (const channel of channels) link.subscribe(channel, listener);
  },
  pSubscribe: (pattern: string, listener: Listener) => link.subscribePattern(pattern, listener),
  // The link ends as a whole.
  unsubscribe: () => undefined,
  pUnsubscribe: () => undefined,
  on: () => undefined,
  off: () => undefined,
});
