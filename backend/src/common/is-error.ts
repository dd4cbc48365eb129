import { isNativeError } from 'node:util/types';

/** Those of better-sqlite3 are none to Node, and those of another realm none to `instanceof`. */
export const isError = (error: unknown): error is Error => isNativeError(error) || error instanceof Error;
