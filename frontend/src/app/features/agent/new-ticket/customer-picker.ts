import { ChangeDetectionStrategy, Component, inject, model, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { MatAutocomplete, MatAutocompleteTrigger, MatOption } from '@angular/material/autocomplete';
import { catchError, debounceTime, Observable, of, switchMap } from 'rxjs';

import { User } from '../../../core/api/models';
import { PeopleApi } from '../../../domain/people/people-api';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';

const TYPING_PAUSE_MS = 200;

/** Finds the customer a ticket is for, by name or address. */
@Component({
  selector: 'app-customer-picker',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Field, FieldInput, MatAutocomplete, MatAutocompleteTrigger, MatOption],
  template: `
    <app-field label="Customer" hint="Search by name or e-mail, then choose from the list.">
      <input
        #field
        appInput
        autocomplete="off"
        [matAutocomplete]="list"
        (input)="typed.set(field.value); customer.set(null)"
      />
    </app-field>
    <mat-autocomplete
      #list="matAutocomplete"
      autoActiveFirstOption
      [displayWith]="nameOf"
      (optionSelected)="customer.set($event.option.value)"
    >
      @for (person of found(); track person.id) {
        <mat-option [value]="person">{{ person.name }} · {{ person.email }}</mat-option>
      }
    </mat-autocomplete>
  `,
})
export class CustomerPicker {
  private readonly people = inject(PeopleApi);

  readonly customer = model<User | null>(null);
  protected readonly typed = signal('');
  protected readonly found = signal<readonly User[]>([]);

  constructor() {
    toObservable(this.typed)
      .pipe(
        debounceTime(TYPING_PAUSE_MS),
        switchMap((text) => this.search(text.trim())),
        takeUntilDestroyed(),
      )
      .subscribe((found) => this.found.set(found));
  }

  protected nameOf(this: void, person: User | null): string {
    return person?.name ?? '';
  }

  private search(text: string): Observable<User[]> {
    return this.people.customers({ q: text, limit: 8, active: true }).pipe(catchError(() => of<User[]>([])));
  }
}
