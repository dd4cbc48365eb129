import { APP_BASE_HREF } from '@angular/common';
import { provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  ApplicationConfig,
  inject,
  provideBrowserGlobalErrorListeners,
  provideEnvironmentInitializer,
  provideZonelessChangeDetection,
} from '@angular/core';
import { TitleStrategy, provideRouter, withComponentInputBinding, withInMemoryScrolling } from '@angular/router';

import { appRoutes } from './app.routes';
import { PageLanguage } from './core/language/page-language';
import { HeadingFocus } from './core/page/heading-focus';
import { PageTitle } from './core/page/page-title';
import { OwnPreferences } from './core/session/own-preferences';
import { sessionInterceptor } from './core/session/session-interceptor';
import { Theme } from './core/theme/theme';
import { OutboxStarter } from './domain/conversations/outbox/outbox-starter';

export const appConfig: ApplicationConfig = {
  providers: [
    provideZonelessChangeDetection(),
    provideBrowserGlobalErrorListeners(),
    provideHttpClient(withInterceptors([sessionInterceptor])),
    provideRouter(
      appRoutes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' }),
    ),
    // The content security policy forbids a <base> element, so the addresses in index.html are absolute.
    { provide: APP_BASE_HREF, useValue: '/' },
    { provide: TitleStrategy, useExisting: PageTitle },
    provideEnvironmentInitializer(() => {
      inject(PageLanguage).begin();
      inject(OwnPreferences);
      inject(OutboxStarter);
      inject(Theme);
      inject(HeadingFocus);
    }),
  ],
};
