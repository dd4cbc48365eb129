export { AccessTokens } from './access-tokens';
export { AccountTimesModule } from './account-times.module';
export { AuthModule } from './auth.module';
export { MeDto, SessionDto } from './dto/me.dto';
export * from './events/sign-in-events';
export { LinkVisitors } from './link-visitors';
export { Passwords } from './passwords';
export { SignInsService } from './sign-ins.service';
