import type { OpenAPIObject } from '@nestjs/swagger';

type Schema = Record<string, unknown> & { type?: string; enum?: unknown[]; oneOf?: unknown[]; allOf?: unknown[] };

/**
 * The document with null written as JSON Schema does. The decorators know only the `nullable` of OpenAPI 3.0, which says
 * nothing in 3.1: whoever validates answers by the document would refuse every null.
 */
export const withNulls = (document: OpenAPIObject): OpenAPIObject => mended(document) as OpenAPIObject;

function mended(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mended);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mended(part)]));
  return parts.nullable === true ? orNull(parts) : parts;
}

function orNull({ nullable: _nullable, type, oneOf, allOf, ...rest }: Schema): Schema {
  const models = oneOf ?? allOf;
  if (models) return { ...rest, anyOf: [...models, { type: 'null' }] };
  return { ...rest, type: [type, 'null'], ...(rest.enum && { enum: [...rest.enum, null] }) } as unknown as Schema;
}
