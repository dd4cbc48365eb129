export { AccessTokens } from './access-tokens';
export { AuthModule } from './auth.module';
export * from './events/sign-in-events';
export { Passwords } from './passwords';
export { SignInsService } from './sign-ins.service';
