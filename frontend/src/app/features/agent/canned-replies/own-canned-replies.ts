import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { UnsavedChanges } from '../../../core/page/unsaved-changes';
import { CannedRepliesDesk } from '../../../domain/canned-replies/desk/canned-replies-desk';

/** The canned replies that somebody keeps for themselves. */
@Component({
  selector: 'app-own-canned-replies',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [CannedRepliesDesk],
  template: `<app-canned-replies-desk scope="own" />`,
  styles: `
    :host {
      display: block;
      max-inline-size: 960px;
      margin-inline: auto;
      padding: 28px clamp(16px, 4%, 40px) 48px;
    }
  `,
})
export class OwnCannedReplies {
  private readonly unsaved = inject(UnsavedChanges);

  readonly mayLeave = (): boolean | Promise<boolean> => this.unsaved.mayLeave();
}
