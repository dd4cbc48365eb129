import { ChangeDetectionStrategy, Component, computed, contentChild, effect, input } from '@angular/core';

import { AppIcon } from '../icon/app-icon';
import { t } from '../texts/text';
import { TextKey } from '../texts/text-files';
import { FieldInput } from './field-input';

const COMMON_MESSAGES: Readonly<Record<string, TextKey>> = {
  required: 'common.field.required',
  email: 'common.field.email',
};

/**
 * A form field: the label always visible above, hint and error below and tied to the input.
 * `<app-field label="Name"><input appInput formControlName="name" /></app-field>`
 */
@Component({
  selector: 'app-field',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <div class="head">
      <label [attr.for]="control().id">{{ label() }}</label>
      @if (optional()) {
        <span class="optional">{{ t('common.optional') }}</span>
      }
      @if (counter(); as text) {
        <span class="optional counter">{{ text }}</span>
      }
    </div>
    <div class="box"><ng-content /></div>
    <div [id]="control().id + '-about'">
      @if (error(); as message) {
        <p class="error"><app-icon name="error" /> {{ message }}</p>
      } @else if (hint(); as text) {
        <p class="hint">{{ text }}</p>
      }
    </div>
  `,
  styleUrl: './field.scss',
})
export class Field {
  protected readonly t = t;
  readonly label = input.required<string>();
  readonly hint = input<string | null>();
  readonly optional = input(false);
  /** E.g. "480 left". */
  readonly counter = input<string | null>();
  /** Words for validation errors by their key; the common ones are known. */
  readonly messages = input<Readonly<Record<string, string>>>({});

  protected readonly control = contentChild.required(FieldInput, { descendants: true });
  protected readonly error = computed(() => {
    const errors = this.control().errors();
    const key = errors && Object.keys(errors)[0];
    if (!errors || !key) return null;
    const own: unknown = errors[key];
    if (key === 'server' && typeof own === 'string') return own;
    return this.messages()[key] ?? t(COMMON_MESSAGES[key] ?? 'common.field.check');
  });

  constructor() {
    effect(() => this.control().describedBy.set(`${this.control().id}-about`));
  }
}
