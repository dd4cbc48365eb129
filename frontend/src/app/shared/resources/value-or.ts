import { Resource } from '@angular/core';

/** What a resource holds, or `fallback` while there is nothing: after a failure, reading `value()` throws. */
export function valueOr<Value, Fallback>(resource: Resource<Value | undefined>, fallback: Fallback): Value | Fallback {
  return resource.hasValue() ? resource.value() : fallback;
}
