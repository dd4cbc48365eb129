import { ChangeDetectionStrategy, Component } from '@angular/core';

/** Signing in with e-mail and password. */
@Component({
  selector: 'app-login-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<main><h1>Sign in</h1></main>`,
})
export class LoginPage {}
