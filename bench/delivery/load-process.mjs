import { join } from 'node:path';
import { Child } from './servers.mjs';

const LONGEST_MS = 180_000;

/** All people of a measurement, in one process of their own. */
export class Load {
  constructor(url, { people }) {
    this.child = new Child(join(import.meta.dirname, 'load.mjs'), []);
    this.plan = { url, people };
  }

  connect() {
    return this.child.ask('connect', this.plan, LONGEST_MS);
  }

  send(plan) {
    return this.child.ask('send', plan, plan.seconds * 1_000 + LONGEST_MS);
  }

  storm(plan) {
    return this.child.ask('storm', plan, LONGEST_MS);
  }

  end() {
    return this.child.end();
  }
}
