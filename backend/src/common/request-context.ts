import { AsyncLocalStorage } from 'node:async_hooks';

export interface RequestContext {
  requestId?: string;
  /** In the time of `FreezeWatch`. */
  arrivedAt?: number;
  /** The peer's address as far as configured proxies are believed. */
  address?: string;
}

/** Facts about the request or event being served, for logs and the audit log; empty in background work. */
export const requestContext = new AsyncLocalStorage<RequestContext>();
