import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  input,
  linkedSignal,
  output,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { t } from '../../../shared/texts/text';

/** Changes the text of a stored message in its place. */
@Component({
  selector: 'app-message-editor',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [CdkTextareaAutosize, MatButton],
  template: `
    <textarea
      #field
      cdkTextareaAutosize
      cdkAutosizeMinRows="2"
      cdkAutosizeMaxRows="12"
      [attr.aria-label]="t('conversation.editor.label')"
      maxlength="10000"
      [value]="draft()"
      (input)="draft.set(field.value)"
      (keydown)="keyed($event)"
    ></textarea>
    <span class="actions">
      <button matButton type="button" [disabled]="busy()" (click)="cancelled.emit()">{{ t('common.cancel') }}</button>
      <button matButton="tonal" type="button" [disabled]="busy() || !draft().trim()" (click)="save()">
        {{ t('conversation.editor.save') }}
      </button>
    </span>
  `,
  styles: `
    :host {
      display: grid;
      gap: 4px;
      inline-size: min(560px, 70vw);
      max-inline-size: 100%;
    }

    textarea {
      inline-size: 100%;
      padding: 8px 10px;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 10px;
      background: var(--app-card);
      color: var(--mat-sys-on-surface);
      font: inherit;
      resize: none;
    }

    .actions {
      display: flex;
      justify-content: flex-end;
    }
  `,
})
export class MessageEditor {
  protected readonly t = t;
  readonly text = input.required<string>();
  readonly busy = input(false);
  readonly saved = output<string>();
  readonly cancelled = output();

  protected readonly draft = linkedSignal(() => this.text());
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');

  constructor() {
    afterNextRender(() => {
      const field = this.field().nativeElement;
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    });
  }

  protected keyed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.cancelled.emit();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.save();
    }
  }

  protected save(): void {
    const text = this.draft();
    if (this.busy() || !text.trim()) return;
    if (text === this.text()) this.cancelled.emit();
    else this.saved.emit(text);
  }
}
