import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import { UserRef } from '../../core/api/models';
import { listed, t } from '../../shared/texts/text';

/** Who is writing. It stands still in its place, so that nothing jumps when it comes and goes. */
@Component({
  selector: 'app-typing-line',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p aria-live="polite">
      @if (text(); as text) {
        <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span> {{ text }}
      }
    </p>
  `,
  styles: `
    p {
      display: flex;
      align-items: center;
      gap: 8px;
      block-size: 24px;
      margin: 0;
      padding-inline: clamp(12px, 3%, 28px);
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }

    .dots {
      display: inline-flex;
      gap: 3px;
    }

    i {
      inline-size: 6px;
      block-size: 6px;
      border-radius: 50%;
      background: var(--mat-sys-primary);
      animation: beat 1s ease-in-out infinite alternate;
    }

    i:nth-child(2) {
      animation-delay: 150ms;
    }

    i:nth-child(3) {
      animation-delay: 300ms;
    }

    @keyframes beat {
      to {
        opacity: 0.25;
      }
    }
  `,
})
export class TypingLine {
  readonly people = input.required<readonly UserRef[]>();

  protected readonly text = computed(() => {
    const names = this.people().map(({ name }) => name);
    if (names.length === 0) return '';
    return t('conversation.typing', { count: names.length, names: listed(names) });
  });
}
