import { Routes } from '@angular/router';

import { mayLeave } from '../../core/page/may-leave';
import { withTexts } from '../../shared/texts/text-loading';

/** Pages every signed-in person has; each role shows them inside its own frame. */
export const accountRoutes: Routes = [
  {
    path: 'profile',
    title: 'account.title.profile',
    canDeactivate: [mayLeave],
    loadComponent: withTexts(
      async () => (await import('./profile-page/profile-page')).ProfilePage,
      'account',
      'notices',
    ),
  },
  {
    path: 'notifications',
    title: 'account.title.notifications',
    loadComponent: withTexts(
      async () => (await import('./notifications-page/notifications-page')).NotificationsPage,
      'account',
      'notices',
    ),
  },
];
