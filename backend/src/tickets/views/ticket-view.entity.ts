import { Column, Entity } from 'typeorm';
import { IdColumn, IdPrimaryColumn, JsonColumn, TimeColumn } from '../../database';
import type { TicketFilter, TicketSort } from '../dto/ticket-list-query.dto';

/** A filter as JSON has it. */
export type PlainFilter = { [name in keyof TicketFilter]?: string | boolean | string[] };

/** A list that somebody saved: which tickets, in which order. */
@Entity('ticket_views')
export class TicketView {
  @IdPrimaryColumn() id!: string;
  @IdColumn() userId!: string;
  @Column({ type: 'varchar', length: 100 }) name!: string;
  /** The name as it is compared. */
  @Column({ type: 'varchar', length: 100 }) nameKey!: string;
  /** Within what the name is the only one: the owner's id, or `shared`. */
  @IdColumn() nameScope!: string;
  /** Shown to all staff. */
  @Column({ type: 'boolean' }) shared!: boolean;
  /** By the names of the list's query. */
  @JsonColumn() filter!: PlainFilter;
  @Column({ type: 'varchar', length: 20 }) sort!: TicketSort;
  @TimeColumn() createdAt!: Date;
  @TimeColumn() updatedAt!: Date;
}
