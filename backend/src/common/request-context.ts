import { AsyncLocalStorage } from 'node:async_hooks';

export interface RequestContext {
  requestId?: string;
  /** The peer's address as far as configured proxies are believed. */
  address?: string;
}

/** Facts about the request being served, for logs and the audit log; empty in background work. */
export const requestContext = new AsyncLocalStorage<RequestContext>();
