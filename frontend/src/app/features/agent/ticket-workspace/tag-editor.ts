import { ChangeDetectionStrategy, Component, input, output, signal } from '@angular/core';

import { AppIcon } from '../../../shared/icon/app-icon';

const MOST_TAGS = 20;
const TAG_MAX_LENGTH = 40;

/** The tags of a ticket; only staff see them. */
@Component({
  selector: 'app-tag-editor',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
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
      <input
        #field
        aria-label="Add a tag"
        placeholder="Add a tag"
        [attr.maxlength]="maxLength"
        [value]="draft()"
        (input)="draft.set(field.value)"
        (keydown.enter)="add()"
        (keydown.,)="$event.preventDefault(); add()"
        (blur)="add()"
      />
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

    input {
      min-block-size: 32px;
      min-inline-size: 0;
      padding-inline: 10px;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 8px;
      background: var(--app-card);
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-body-medium);
    }

    input::placeholder {
      color: var(--mat-sys-on-surface-variant);
      opacity: 1;
    }
  `,
})
export class TagEditor {
  readonly tags = input.required<readonly string[]>();
  readonly changed = output<readonly string[]>();

  protected readonly most = MOST_TAGS;
  protected readonly maxLength = TAG_MAX_LENGTH;
  protected readonly draft = signal('');

  protected add(): void {
    const tag = this.draft().trim();
    this.draft.set('');
    if (tag && !this.tags().includes(tag)) this.changed.emit([...this.tags(), tag]);
  }

  protected remove(tag: string): void {
    this.changed.emit(this.tags().filter((other) => other !== tag));
  }
}
