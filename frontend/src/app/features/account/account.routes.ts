import { Routes } from '@angular/router';

/** Pages every signed-in person has; each role shows them inside its own frame. */
export const accountRoutes: Routes = [
  {
    path: 'profile',
    title: 'Profile',
    loadComponent: async () => (await import('./profile-page/profile-page')).ProfilePage,
  },
  {
    path: 'notifications',
    title: 'Notifications',
    loadComponent: async () => (await import('./notifications-page/notifications-page')).NotificationsPage,
  },
];
