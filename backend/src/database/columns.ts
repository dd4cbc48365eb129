import { Column, PrimaryColumn, type ColumnOptions, type ValueTransformer } from 'typeorm';

/** The primary key of everything but tickets: a UUIDv7 as text, compared byte by byte on both engines. */
export const IdPrimaryColumn = (): PropertyDecorator => PrimaryColumn({ type: 'varchar', length: 36 });

export const IdColumn = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({ type: 'varchar', length: 36, ...options });

/** A moment in UTC to the millisecond; the value is always set by code, never by the database. */
export const TimeColumn = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({ type: 'datetime', precision: 3, ...options });

const json: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: (text: string | null): unknown => (text === null ? null : JSON.parse(text)),
};

/** Long text: `mediumtext` on MySQL. */
export const LongTextColumn = (options: ColumnOptions = {}): PropertyDecorator => Column({ type: 'text', ...options });

/** Plain data as JSON text on both engines. */
export const JsonColumn = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({ type: 'text', transformer: json, ...options });
