import { Routes } from '@angular/router';

export const authRoutes: Routes = [
  {
    path: 'login',
    title: 'Sign in',
    loadComponent: async () => (await import('./login-page/login-page')).LoginPage,
  },
];
