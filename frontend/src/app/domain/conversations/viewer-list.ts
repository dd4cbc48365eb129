import { ChangeDetectionStrategy, Component, input } from '@angular/core';

import { Viewer } from '../../core/api/models';
import { Avatar } from '../../shared/avatar/avatar';
import { t } from '../../shared/texts/text';

/** Colleagues who have this ticket open; staff alone are told. */
@Component({
  selector: 'app-viewer-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Avatar],
  template: `
    @if (viewers().length > 0) {
      <ul [attr.aria-label]="t('conversation.viewers.label')">
        @for (viewer of viewers(); track viewer.id) {
          <li>
            <app-avatar [name]="viewer.name" />
            {{ viewer.name }}
            {{ t(viewer.state === 'composing' ? 'conversation.viewers.replying' : 'conversation.viewers.viewing') }}
          </li>
        }
      </ul>
    }
  `,
  styles: `
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 14px;
      margin: 0;
      padding: 6px clamp(12px, 3%, 28px);
      border-block-end: 1px solid var(--app-hairline);
      background: var(--app-calm-container);
      color: var(--app-on-calm-container);
      font: var(--mat-sys-body-small);
      list-style: none;
    }

    li {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      --app-avatar-size: 20px;
    }
  `,
})
export class ViewerList {
  protected readonly t = t;
  readonly viewers = input.required<readonly Viewer[]>();
}
