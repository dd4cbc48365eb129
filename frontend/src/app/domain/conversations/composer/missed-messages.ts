import { ChangeDetectionStrategy, Component, ElementRef, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Message } from '../../../core/api/models';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';
import { withoutInlineMarks } from '../marks/inline-marks';

/**
 * What others said while a reply was being written. Takes the focus itself rather than giving it to a button, so that no
 * Enter that was meant for the field answers the question.
 */
@Component({
  selector: 'app-missed-messages',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, MatButton],
  host: {
    role: 'alertdialog',
    tabindex: '-1',
    'aria-labelledby': 'missed-question',
    'aria-describedby': 'missed-messages',
    '(keydown.escape)': 'edit.emit()',
  },
  template: `
    <p class="question" id="missed-question">
      <app-icon name="chat" />
      {{ t('conversation.missed.question', { count: messages().length }) }}
    </p>
    <ul id="missed-messages">
      @for (message of messages(); track message.id) {
        <li>
          <strong>{{ message.author.name }}</strong> {{ textOf(message) }}
        </li>
      }
    </ul>
    <span class="actions">
      <button matButton="tonal" type="button" (click)="edit.emit()">{{ t('conversation.edit') }}</button>
      <button matButton type="button" (click)="sendAnyway.emit()">{{ t('conversation.missed.send') }}</button>
    </span>
  `,
  styles: `
    :host {
      display: grid;
      gap: 6px;
      padding: 10px 12px;
      border: 1px solid var(--app-warm);
      border-radius: 12px;
      background: var(--app-warm-container);
      color: var(--app-on-warm-container);
      font: var(--mat-sys-body-medium);
      --app-icon-size: 18px;
    }

    :host(:focus-visible) {
      outline: 2px solid var(--mat-sys-primary);
      outline-offset: 2px;
    }

    .question {
      display: flex;
      align-items: center;
      gap: 8px;
      margin: 0;
      font-weight: 550;
    }

    ul {
      display: grid;
      gap: 4px;
      max-block-size: min(180px, 25vh);
      margin: 0;
      padding: 0;
      overflow: auto;
      list-style: none;
    }

    li {
      padding: 6px 10px;
      border-radius: 10px;
      background: var(--app-card);
      color: var(--mat-sys-on-surface);
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }

    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
  `,
})
export class MissedMessages {
  protected readonly t = t;
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly messages = input.required<readonly Message[]>();
  readonly sendAnyway = output();
  readonly edit = output();

  focus(): void {
    this.element.focus();
  }

  protected textOf({ body, attachments }: Message): string {
    return body ? withoutInlineMarks(body) : (attachments ?? []).map(({ filename }) => filename).join(', ');
  }
}
