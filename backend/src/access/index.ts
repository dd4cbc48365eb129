export * from './actor';
export * from './decorators';
