import { AbstractControl, ValidationErrors } from '@angular/forms';

/** Refuses text of which nothing can be seen: blanks, line ends and characters without width. */
export function visibleText(control: AbstractControl<string>): ValidationErrors | null {
  const text = control.value;
  return text === '' || /[^\s\p{C}\u115F\u1160\u3164\uFFA0\u2800\u034F]/u.test(text) ? null : { invisible: true };
}
