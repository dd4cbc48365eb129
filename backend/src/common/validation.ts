import { applyDecorators, ValidationPipe, type ValidationError } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, ValidateIf } from 'class-validator';
import { ValidationFailed, type FieldError } from './domain-error';

function flatten(errors: ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const path = parent ? `${parent}.${error.property}` : error.property;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message }));
    return [...own, ...flatten(error.children ?? [], path)];
  });
}

/** May be left out, but not be null: for fields that always have a value. `IsOptional` lets null pass all checks. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_object, value: unknown) => value !== undefined);

const FLAGS: Record<string, boolean> = { true: true, '': true, false: false };

/** An optional yes or no of a query: `?unread`, `?unread=true`, `?unread=false`. */
export const QueryFlag = (): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (FLAGS[value] ?? value) : value)),
    IsBoolean(),
  );

/** Leaves single values of paths as they were sent: `1e3` is not the number 1000, whatever the type of the parameter. */
class BodyAndQueryPipe extends ValidationPipe {
  protected override transformPrimitive(value: unknown): unknown {
    return value;
  }
}

/** Refuses unknown fields and wrong types; used for HTTP globally and for each gateway by hand. */
export const validationPipe = (): ValidationPipe =>
  new BodyAndQueryPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    exceptionFactory: (errors) => new ValidationFailed(flatten(errors)),
  });
