import { Routes } from '@angular/router';

import { mayLeave } from '../../core/page/may-leave';

export const adminRoutes: Routes = [
  {
    path: '',
    loadComponent: async () => (await import('./admin-frame/admin-frame')).AdminFrame,
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'people' },
      {
        path: 'people',
        title: 'admin.title.people',
        canDeactivate: [mayLeave],
        loadComponent: async () => (await import('./people-page/people-page')).PeoplePage,
      },
      {
        path: 'categories',
        title: 'admin.title.categories',
        canDeactivate: [mayLeave],
        loadComponent: async () => (await import('./categories-page/categories-page')).CategoriesPage,
      },
      {
        path: 'tags',
        title: 'admin.title.tags',
        canDeactivate: [mayLeave],
        loadComponent: async () => (await import('./tags-page/tags-page')).TagsPage,
      },
      {
        path: 'canned-replies',
        title: 'admin.title.cannedReplies',
        canDeactivate: [mayLeave],
        loadComponent: async () => (await import('./canned-replies-page/canned-replies-page')).CannedRepliesPage,
      },
      {
        path: 'mails',
        title: 'admin.title.mails',
        loadComponent: async () => (await import('./mails-page/mails-page')).MailsPage,
      },
      {
        path: 'audit',
        title: 'admin.title.auditLog',
        loadComponent: async () => (await import('./audit-page/audit-page')).AuditPage,
      },
      {
        path: 'settings',
        title: 'admin.title.settings',
        loadComponent: async () => (await import('./settings-page/settings-page')).SettingsPage,
      },
      {
        path: 'self-test',
        title: 'admin.title.selfTest',
        loadComponent: async () => (await import('./self-test-page/self-test-page')).SelfTestPage,
      },
    ],
  },
];
