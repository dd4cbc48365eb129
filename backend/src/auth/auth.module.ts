import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailModule } from '../mail';
import { UsersModule } from '../users';
import { AccessTokens } from './access-tokens';
import { AuthMails } from './auth-mails';
import { AccountsService } from './accounts.service';
import { AuthController } from './auth.controller';
import { AuthService } from './auth.service';
import { BearerAuthentication } from './bearer-authentication';
import { OriginGuard, RolesGuard, SignedInGuard } from './guards';
import { InvitationsController } from './invitations/invitations.controller';
import { InvitationsService } from './invitations/invitations.service';
import { MeController } from './me.controller';
import { LinkVisitors } from './link-visitors';
import { OneTimeToken } from './one-time-token.entity';
import { OneTimeTokens } from './one-time-tokens';
import { OwnPassword } from './own-password';
import { Passwords } from './passwords';
import { RefreshCookie } from './refresh-cookie';
import { SignIn } from './sign-in.entity';
import { SignInThrottle } from './sign-in-throttle';
import { SignInsService } from './sign-ins.service';

@Module({
  imports: [TypeOrmModule.forFeature([SignIn, OneTimeToken]), JwtModule.register({}), UsersModule, MailModule],
  controllers: [AuthController, InvitationsController, MeController],
  providers: [
    AccessTokens,
    AccountsService,
    AuthMails,
    AuthService,
    BearerAuthentication,
    InvitationsService,
    LinkVisitors,
    OneTimeTokens,
    OriginGuard,
    OwnPassword,
    Passwords,
    RefreshCookie,
    SignInsService,
    SignInThrottle,
    { provide: APP_GUARD, useClass: SignedInGuard },
    { provide: APP_GUARD, useClass: RolesGuard },
  ],
  exports: [AccessTokens, LinkVisitors, Passwords, SignInsService],
})
export class AuthModule {}
