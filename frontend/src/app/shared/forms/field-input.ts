import { AfterViewInit, DestroyRef, Directive, ElementRef, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NgControl, ValidationErrors } from '@angular/forms';

let nextId = 1;

/** On the input, textarea or select inside an `<app-field>`: ties it to its label, hint and error. */
@Directive({
  selector: 'input[appInput], textarea[appInput], select[appInput]',
  host: {
    class: 'app-input',
    '[id]': 'id',
    '[attr.aria-describedby]': 'describedBy()',
    '[attr.aria-invalid]': 'errors() ? true : null',
  },
})
export class FieldInput implements AfterViewInit {
  readonly id = `field-${nextId++}`;
  readonly describedBy = signal<string | null>(null);
  /** What is wrong, once the person has left the field or tried to send the form. */
  readonly errors = signal<ValidationErrors | null>(null);

  readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly ngControl = inject(NgControl, { optional: true, self: true });
  private readonly destroyRef = inject(DestroyRef);

  ngAfterViewInit(): void {
    const control = this.ngControl?.control;
    control?.events.pipe(takeUntilDestroyed(this.destroyRef)).subscribe(() => {
      this.errors.set(control.touched && control.invalid ? control.errors : null);
    });
  }
}
