import { Routes } from '@angular/router';

import { onlyStrangers } from './landing';

export const authRoutes: Routes = [
  {
    path: 'login',
    title: 'Sign in',
    canActivate: [onlyStrangers],
    loadComponent: async () => (await import('./login-page/login-page')).LoginPage,
  },
  {
    path: 'register',
    title: 'Create an account',
    canActivate: [onlyStrangers],
    loadComponent: async () => (await import('./register-page/register-page')).RegisterPage,
  },
  {
    path: 'reset-password',
    title: 'Password',
    loadComponent: async () => (await import('./reset-password-page/reset-password-page')).ResetPasswordPage,
  },
  {
    path: 'confirm-email',
    title: 'Address',
    loadComponent: async () => (await import('./confirm-email-page/confirm-email-page')).ConfirmEmailPage,
  },
  {
    path: 'unsubscribe',
    title: 'Mails',
    loadComponent: async () => (await import('./unsubscribe-page/unsubscribe-page')).UnsubscribePage,
  },
  {
    path: 'invite',
    title: 'Invitation',
    loadComponent: async () => (await import('./invite-page/invite-page')).InvitePage,
  },
];
