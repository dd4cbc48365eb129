import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { UnsavedChanges } from '../../../core/page/unsaved-changes';
import { CannedRepliesDesk } from '../../../domain/canned-replies/desk/canned-replies-desk';

/** The canned replies that all staff share. */
@Component({
  selector: 'app-canned-replies-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [CannedRepliesDesk],
  template: `<app-canned-replies-desk scope="shared" />`,
})
export class CannedRepliesPage {
  private readonly unsaved = inject(UnsavedChanges);

  readonly mayLeave = (): boolean | Promise<boolean> => this.unsaved.mayLeave();
}
