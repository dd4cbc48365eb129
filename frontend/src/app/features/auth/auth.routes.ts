import { Routes } from '@angular/router';

import { onlyStrangers } from './landing';

export const authRoutes: Routes = [
  {
    path: 'login',
    title: 'auth.title.signIn',
    canActivate: [onlyStrangers],
    loadComponent: async () => (await import('./login-page/login-page')).LoginPage,
  },
  {
    path: 'register',
    title: 'auth.title.register',
    canActivate: [onlyStrangers],
    loadComponent: async () => (await import('./register-page/register-page')).RegisterPage,
  },
  {
    path: 'reset-password',
    title: 'auth.title.password',
    loadComponent: async () => (await import('./reset-password-page/reset-password-page')).ResetPasswordPage,
  },
  {
    path: 'confirm-email',
    title: 'auth.title.address',
    loadComponent: async () => (await import('./confirm-email-page/confirm-email-page')).ConfirmEmailPage,
  },
  {
    path: 'unsubscribe',
    title: 'auth.title.mails',
    loadComponent: async () => (await import('./unsubscribe-page/unsubscribe-page')).UnsubscribePage,
  },
  {
    path: 'invite',
    title: 'auth.title.invitation',
    loadComponent: async () => (await import('./invite-page/invite-page')).InvitePage,
  },
];
