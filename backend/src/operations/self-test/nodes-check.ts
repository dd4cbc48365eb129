import { Injectable } from '@nestjs/common';
import { Nodes } from '../../nodes';
import type { Finding, SelfCheck } from './self-check';

const ADVICE = 'Start Redis, and check REDIS_URL: until then people on other nodes see news up to 15 seconds late.';

/** Whether the nodes hear each other. */
@Injectable()
export class NodesCheck implements SelfCheck {
  readonly name = 'Nodes';
  readonly adviceOnFailure = ADVICE;

  constructor(private readonly nodes: Nodes) {}

  run(): Promise<Finding> {
    return Promise.resolve(this.find());
  }

  private find(): Finding {
    switch (this.nodes.state) {
      case 'alone':
        return { state: 'ok', found: 'One node serves everybody. A second one would need REDIS_URL on both.' };
      case 'linked':
        return { state: 'ok', found: `Redis answers, and nodes that hear each other: ${this.nodes.count}.` };
      case 'away':
        return { state: 'failed', found: 'Redis does not answer.', advice: ADVICE };
    }
  }
}
