/** A time as a driver returns it: SQLite keeps them as text in UTC. */
export type SqlTime = Date | string;

export const timeOf = (time: SqlTime): Date =>
  typeof time === 'string' ? new Date(`${time.replace(' ', 'T')}Z`) : time;
