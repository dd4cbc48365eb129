import { SettingsError } from './config';
import { DatabaseRefusal, isDatabaseAway, RestoreUnfinished, SchemaTooNew } from './database';

const SENTENCES = [SettingsError, SchemaTooNew, RestoreUnfinished, DatabaseRefusal];

/** One sentence for failures that the person who starts the server can mend; undefined for defects. */
export function sentenceFor(error: unknown): string | undefined {
  if (SENTENCES.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Stop what uses it, or set PORT to another one.`;
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
    return `The server cannot listen there (${code}). Set HOST and PORT to others.`;
  if (code === 'ER_ACCESS_DENIED_ERROR' || code === 'ER_BAD_DB_ERROR' || code === 'ER_DBACCESS_DENIED_ERROR')
    return `The database refused the connection (${code}). Check user, password and name in DATABASE_URL.`;
  if (isDatabaseAway(error))
    return 'The database at DATABASE_URL does not answer. Check that it runs and that the address is right.';
  return undefined;
}
