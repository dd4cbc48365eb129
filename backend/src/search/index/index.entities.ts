import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, TimeColumn } from '../../database';

/** The index exists twice: one half is searched, the other one empty or being built anew. */
export const SIDES = ['a', 'b'] as const;
export type Side = (typeof SIDES)[number];

/** Which half is searched. Whoever changes the index takes the lock of this row first. */
@Entity('search_state')
export class SearchState {
  @PrimaryColumn({ type: 'int' }) id!: number;
  @Column({ type: 'varchar', length: 1 }) side!: Side;
  @Column({ type: 'int' }) turn!: number;
  /** Of the rebuild that is under way. */
  @IdColumn({ nullable: true }) leaseToken!: string | null;
  @TimeColumn({ nullable: true }) leaseUntil!: Date | null;
}

/** A word that some ticket has, and how many do. */
class SearchWord {
  @PrimaryColumn({ type: 'int' }) id!: number;
  @Column({ type: 'varchar', length: 64 }) word!: string;
  @Column({ type: 'int' }) tickets!: number;
}

/** The tickets of one block of numbers that have a word, and in which fields. */
class SearchPostings {
  @PrimaryColumn({ type: 'int' }) wordId!: number;
  @PrimaryColumn({ type: 'int' }) block!: number;
  @Column({ type: 'blob' }) postings!: Buffer;
}

/** The words of one ticket, to know what a change takes away, and up to which event they are known. */
class SearchTicket {
  @PrimaryColumn({ type: 'int' }) ticketNumber!: number;
  @Column({ type: 'int' }) indexedSeq!: number;
  /** Goes up with each write, so that what was read before is not written over what was written since. */
  @Column({ type: 'int' }) revision!: number;
  @Column({ type: 'blob' }) words!: Buffer;
}

@Entity('search_words_a')
export class SearchWordA extends SearchWord {}
@Entity('search_words_b')
export class SearchWordB extends SearchWord {}
@Entity('search_postings_a')
export class SearchPostingsA extends SearchPostings {}
@Entity('search_postings_b')
export class SearchPostingsB extends SearchPostings {}
@Entity('search_tickets_a')
export class SearchTicketA extends SearchTicket {}
@Entity('search_tickets_b')
export class SearchTicketB extends SearchTicket {}
