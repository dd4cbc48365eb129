import { ChangeDetectionStrategy, Component, computed, forwardRef, input } from '@angular/core';

import { InlineToken, tokenizeInlineMarks } from './inline-marks';

/** Draws tokens; calls itself for what stands inside a mark. */
@Component({
  selector: 'app-inline-tokens',
  changeDetection: ChangeDetectionStrategy.OnPush,
  // It knows itself when compiled ahead; compiled in tests it has to be told.
  imports: [forwardRef(() => InlineTokens)],
  template: `
    @for (token of tokens(); track $index) {
      @switch (token.type) {
        @case ('text') {
          <span [textContent]="token.text"></span>
        }
        @case ('code') {
          <code [textContent]="token.text"></code>
        }
        @case ('strong') {
          <strong><app-inline-tokens [tokens]="token.children" /></strong>
        }
        @case ('em') {
          <em><app-inline-tokens [tokens]="token.children" /></em>
        }
        @case ('link') {
          <a [href]="token.href" [title]="token.href" target="_blank" rel="noopener noreferrer nofollow">
            <app-inline-tokens [tokens]="token.children" />
          </a>
        }
      }
    }
  `,
  styles: `
    :host {
      display: contents;
    }

    code {
      padding: 1px 5px;
      border-radius: 5px;
      background: color-mix(in srgb, currentcolor 10%, transparent);
      font:
        0.92em ui-monospace,
        'Cascadia Mono',
        'Liberation Mono',
        Menlo,
        monospace;
    }

    a {
      color: inherit;
      text-decoration-thickness: 1px;
    }
  `,
})
export class InlineTokens {
  readonly tokens = input.required<readonly InlineToken[]>();
}

/** A message's text with its inline marks: drawn from tokens, so what a person types can never become markup. */
@Component({
  selector: 'app-inline-text',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [InlineTokens],
  template: `<app-inline-tokens [tokens]="tokens()" />`,
  styles: `
    :host {
      display: block;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
  `,
})
export class InlineText {
  readonly text = input.required<string>();
  protected readonly tokens = computed(() => tokenizeInlineMarks(this.text()));
}
