import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';

import { MessageKind } from '../../../core/api/models';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';
import { KIND_WORDS } from '../message-kinds';

let nextId = 0;

/** Chat, Comment or Note. Changes only by the person's own choice here. */
@Component({
  selector: 'app-kind-switch',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <fieldset>
      <legend class="visually-hidden">{{ t('conversation.kind.label') }}</legend>
      @for (option of options(); track option.kind) {
        <label [class]="option.kind" [class.chosen]="option.kind === kind()">
          <input
            type="radio"
            class="visually-hidden"
            [name]="group"
            [value]="option.kind"
            [checked]="option.kind === kind()"
            (change)="chosen.emit(option.kind)"
          />
          <app-icon [name]="option.icon" /> {{ option.name }}
        </label>
      }
    </fieldset>
    <span class="hint">{{ hint() }}</span>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 12px;
    }

    fieldset {
      display: inline-flex;
      gap: 2px;
      margin: 0;
      padding: 2px;
      border: 0;
      border-radius: 999px;
      background: var(--app-quiet-container);
    }

    label {
      position: relative;
      display: inline-flex;
      align-items: center;
      gap: 6px;
      min-block-size: 28px;
      padding: 2px 12px;
      border-radius: 999px;
      color: var(--app-on-quiet-container);
      font: var(--mat-sys-label-medium);
      cursor: pointer;
      --app-icon-size: 15px;
    }

    label:has(:focus-visible) {
      outline: 2px solid var(--mat-sys-primary);
      outline-offset: 1px;
    }

    .chosen {
      background: var(--app-card);
      color: var(--mat-sys-on-surface);
      box-shadow: var(--app-shadow-low);
    }

    .chosen.note {
      background: var(--app-warm-container);
      color: var(--app-on-warm-container);
    }

    .hint {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }

    @media (pointer: coarse) {
      label {
        min-block-size: 40px;
      }
    }
  `,
})
export class KindSwitch {
  protected readonly t = t;
  readonly kind = input.required<MessageKind>();
  readonly kinds = input.required<readonly MessageKind[]>();
  readonly chosen = output<MessageKind>();

  protected readonly group = `message-kind-${++nextId}`;
  protected readonly options = computed(() =>
    this.kinds().map((kind) => ({ kind, icon: KIND_WORDS[kind].icon, name: KIND_WORDS[kind].name })),
  );
  protected readonly hint = computed(() => KIND_WORDS[this.kind()].hint);
}
