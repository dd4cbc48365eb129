import { CanDeactivateFn } from '@angular/router';

/** A page with forms; it answers by `UnsavedChanges`, which is fetched with the page and not before. */
export interface PageWithForms {
  mayLeave(): boolean | Promise<boolean>;
}

/** Asks before unsaved changes are left behind, also by the buttons of the browser. */
export const mayLeave: CanDeactivateFn<PageWithForms> = (page) => page.mayLeave();
