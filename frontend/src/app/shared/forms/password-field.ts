import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { FormControl, ReactiveFormsModule } from '@angular/forms';
import { startWith, switchMap } from 'rxjs';

import { AppIcon } from '../icon/app-icon';
import { t } from '../texts/text';
import { Field } from './field';
import { FieldInput } from './field-input';
import { PASSWORD_MAX, PASSWORD_MIN, strengthOf } from './password-rules';

/** A password with a button to show it; `isNew` says the rules beforehand and ticks them while typing. */
@Component({
  selector: 'app-password-field',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Field, FieldInput, ReactiveFormsModule],
  template: `
    <app-field [label]="label() ?? t('common.password')" [messages]="messages()">
      <input
        appInput
        [type]="isShown() ? 'text' : 'password'"
        [formControl]="control()"
        [attr.name]="isNew() ? 'new-password' : 'current-password'"
        [autocomplete]="isNew() ? 'new-password' : 'current-password'"
        autocapitalize="off"
        spellcheck="false"
        required
      />
      <button
        type="button"
        class="show"
        [attr.aria-pressed]="isShown()"
        [attr.aria-label]="t('common.passwordField.showCharacters')"
        [title]="t(isShown() ? 'common.passwordField.hide' : 'common.passwordField.show')"
        (click)="isShown.set(!isShown())"
      >
        <app-icon [name]="isShown() ? 'eye-off' : 'eye'" />
      </button>
    </app-field>
    @if (isNew()) {
      <ul>
        <li [class.met]="isLongEnough()">
          <app-icon [name]="isLongEnough() ? 'check' : 'info'" />
          {{ t('common.passwordField.rule', { min, max }) }}
          <span class="visually-hidden">{{
            t(isLongEnough() ? 'common.passwordField.met' : 'common.passwordField.notMet')
          }}</span>
        </li>
        <li [class.met]="isLongEnough()">
          <app-icon name="key" />
          <span aria-live="polite">{{ strength() }}</span>
        </li>
      </ul>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 6px;
    }

    .show {
      position: absolute;
      inset-block: 1px;
      inset-inline-end: 1px;
      display: grid;
      place-items: center;
      inline-size: 44px;
      border: 0;
      border-radius: 9px;
      background: none;
      color: var(--mat-sys-on-surface-variant);
      cursor: pointer;
    }

    input {
      padding-inline-end: 48px;
    }

    ul {
      display: grid;
      gap: 2px;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      gap: 6px;
      align-items: center;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
      --app-icon-size: 16px;
    }

    .met {
      color: var(--mat-sys-primary);
    }
  `,
})
export class PasswordField {
  protected readonly t = t;
  readonly control = input.required<FormControl<string>>();
  readonly label = input<string>();
  readonly isNew = input(false);

  protected readonly min = PASSWORD_MIN;
  protected readonly max = PASSWORD_MAX;
  protected readonly messages = computed(() => ({
    minlength: t('common.passwordField.tooShort', { min: PASSWORD_MIN }),
    maxlength: t('common.passwordField.tooLong', { max: PASSWORD_MAX }),
  }));
  protected readonly isShown = signal(false);
  private readonly typed = toSignal(
    toObservable(this.control).pipe(switchMap((control) => control.valueChanges.pipe(startWith(control.value)))),
    { initialValue: '' },
  );
  protected readonly isLongEnough = computed(
    () => this.typed().length >= PASSWORD_MIN && this.typed().length <= PASSWORD_MAX,
  );
  protected readonly strength = computed(() => strengthOf(this.typed()));
}
