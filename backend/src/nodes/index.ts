export type { Listener, NodeLink } from './node-link';
export { NodeTimes } from './node-times';
export { Nodes } from './nodes';
export { NodesModule } from './nodes.module';
export type { SharedMap } from './shared-map';
export { assertRedisAnswers } from './redis-answers';
