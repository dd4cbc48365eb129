import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';

import { TagField } from '../../../domain/tickets/tag-field';
import { AppIcon } from '../../../shared/icon/app-icon';

const MOST_TAGS = 20;

/** The tags of a ticket; only staff see them. */
@Component({
  selector: 'app-tag-editor',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, TagField],
  template: `
    @if (tags().length > 0) {
      <ul aria-label="Tags">
        @for (tag of tags(); track tag) {
          <li>
            {{ tag }}
            <button type="button" [attr.aria-label]="'Remove tag ' + tag" (click)="remove(tag)">
              <app-icon name="close" />
            </button>
          </li>
        }
      </ul>
    }
    @if (tags().length < most) {
      <app-tag-field (added)="add($event)" />
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 8px;
    }

    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      display: inline-flex;
      align-items: center;
      gap: 2px;
      padding-inline-start: 10px;
      border-radius: 8px;
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
      font: var(--mat-sys-label-medium);
      overflow-wrap: anywhere;
    }

    button {
      display: grid;
      place-items: center;
      inline-size: 26px;
      block-size: 26px;
      padding: 0;
      border: 0;
      border-radius: 8px;
      background: none;
      color: inherit;
      cursor: pointer;
      --app-icon-size: 13px;
    }
  `,
})
export class TagEditor {
  readonly tags = input.required<readonly string[]>();
  readonly changed = output<readonly string[]>();

  protected readonly most = MOST_TAGS;

  protected add(tag: string): void {
    if (!this.tags().includes(tag)) this.changed.emit([...this.tags(), tag]);
  }

  protected remove(tag: string): void {
    this.changed.emit(this.tags().filter((other) => other !== tag));
  }
}
