import { Routes } from '@angular/router';

export const adminRoutes: Routes = [
  {
    path: '',
    loadComponent: async () => (await import('./admin-frame/admin-frame')).AdminFrame,
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'people' },
      {
        path: 'people',
        title: 'People - Admin',
        loadComponent: async () => (await import('./people-page/people-page')).PeoplePage,
      },
      {
        path: 'categories',
        title: 'Categories - Admin',
        loadComponent: async () => (await import('./categories-page/categories-page')).CategoriesPage,
      },
      {
        path: 'mails',
        title: 'Mails - Admin',
        loadComponent: async () => (await import('./mails-page/mails-page')).MailsPage,
      },
      {
        path: 'audit',
        title: 'Audit log - Admin',
        loadComponent: async () => (await import('./audit-page/audit-page')).AuditPage,
      },
      {
        path: 'settings',
        title: 'Settings - Admin',
        loadComponent: async () => (await import('./settings-page/settings-page')).SettingsPage,
      },
      {
        path: 'self-test',
        title: 'Self-test - Admin',
        loadComponent: async () => (await import('./self-test-page/self-test-page')).SelfTestPage,
      },
    ],
  },
];
