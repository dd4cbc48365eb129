import { Injectable } from '@nestjs/common';

/** How nodes tell that Redis, or one of them, is gone; tests bind shorter ones. All in milliseconds. */
@Injectable()
export class NodeTimes {
  /** Each node lets the others hear this often that it is there. */
  readonly beat: number = 1_000;
  /** Redis is away when a connection is not ready after this time, or when so many beats did not come back. */
  readonly connect: number = 3_000;
  readonly lostBeats: number = 3;
  readonly reconnect: number = 1_000;
  /** Each node tells all it knows of itself this often, which heals what got lost. */
  readonly snapshot: number = 15_000;
  /** A node that is silent for this long is gone, and with it its people. */
  readonly forget: number = 45_000;
  /** A node that stopped by itself: its people have this long to come back to another one. */
  readonly farewell: number = 5_000;
  /** While the others cannot be reached, what they did is looked up in the database this often. */
  readonly catchUp: number = 10_000;
  /** Without Redis silence says nothing, but after this time what was known is too old. */
  readonly stale: number = 300_000;
}
