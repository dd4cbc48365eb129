import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transaction } from './domain-event';

/** Writes down, inside a unit of work, which thing that unit makes. */
export type MadeWitness = (tx: Transaction, id: string) => Promise<void>;

const witnesses = new AsyncLocalStorage<MadeWitness>();

/** Runs `work`; `witness` is called inside each of its units that names what it made, and fails it by throwing. */
export const witnessed = <Result>(witness: MadeWitness, work: () => Promise<Result>): Promise<Result> =>
  witnesses.run(witness, work);

export const currentWitness = (): MadeWitness | undefined => witnesses.getStore();
