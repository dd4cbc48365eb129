import { applyDecorators, ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
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

const MOST_LEVELS = 10;

const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner)));

/** Leaves single values of paths as they were sent: `1e3` is not the number 1000, whatever the type of the parameter. */
class BodyAndQueryPipe extends ValidationPipe {
  /** No request of ours nests deeply, and one that does exhausts the stack of whoever walks through it. */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'custom' && isDeeperThan(MOST_LEVELS, value))
      throw ValidationFailed.of('body', 'must not be nested so deeply');
    return super.transform(value, metadata);
  }

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
