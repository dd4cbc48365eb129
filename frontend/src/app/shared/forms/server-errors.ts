import { FormGroup } from '@angular/forms';

import { Problem } from '../problems/problem';

/**
 * Puts what the server refused at the fields it names (`aliases` maps its names to those of the form) and answers the
 * messages that no field takes.
 */
export function placeServerErrors(
  form: FormGroup,
  problem: Problem,
  aliases: Readonly<Record<string, string>> = {},
): string[] {
  const unplaced: string[] = [];
  for (const { path, message } of problem.errors) {
    const name = path.split(/[.[]/)[0] ?? '';
    const control = form.get(aliases[name] ?? name);
    if (!control) {
      unplaced.push(message);
      continue;
    }
    control.setErrors({ server: sentence(message) });
    control.markAsTouched();
  }
  return unplaced;
}

/** Moves the focus to the first field in error, once the errors are drawn. */
export function focusFirstError(root: HTMLElement): void {
  setTimeout(() => root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

function sentence(message: string): string {
  const text = message.charAt(0).toLocaleUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
