import { Body, Controller, HttpCode, HttpStatus, Post, Req, Res, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AnyRole, CurrentUser, Public, type Actor } from '../access';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from './access-tokens';
import { AccountsService } from './accounts.service';
import { AuthService, type SignedIn } from './auth.service';
import {
  AcceptInvitationDto,
  AccountDto,
  ChangePasswordDto,
  ConfirmEmailDto,
  ForgotPasswordDto,
  LoginDto,
  RegisterDto,
  ResetPasswordDto,
  SignedInDto,
} from './dto/auth.dto';
import { OriginGuard } from './guards';
import { RefreshCookie } from './refresh-cookie';

@ApiTags('sign-in')
@UseGuards(OriginGuard)
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly accounts: AccountsService,
    private readonly accessTokens: AccessTokens,
    private readonly cookie: RefreshCookie,
  ) {}

  /** Opens a customer's account. It does not sign in. */
  @Post('register')
  @Public()
  @ApiCreatedResponse({ type: AccountDto })
  @ApiConflictResponse({ description: '`email-taken`' })
  async register(@Body() account: RegisterDto): Promise<AccountDto> {
    return AccountDto.from(await this.auth.register(account));
  }

  /** Signs in: the access token is in the body, the refresh token in a cookie that scripts cannot read. */
  @Post('login')
  @Public()
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: SignedInDto })
  @ApiUnauthorizedResponse({ description: '`invalid-credentials`' })
  async login(
    @Body() credentials: LoginDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedInDto> {
    return this.answer(response, await this.auth.login(credentials, request.get('user-agent') ?? ''));
  }

  /** Trades the refresh cookie for a new access token and the next cookie. */
  @Post('refresh')
  @Public()
  @HttpCode(HttpStatus.OK)
  @ApiCookieAuth()
  @ApiOkResponse({ type: SignedInDto })
  async refresh(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SignedInDto> {
    return this.answer(response, await this.auth.refresh(this.cookie.read(request)));
  }

  /** Ends this sign-in at once, on HTTP and on sockets. */
  @Post('logout')
  @Public()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiCookieAuth()
  @ApiNoContentResponse()
  async logout(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.auth.logout(this.cookie.read(request));
    this.cookie.clear(response);
  }

  /** Ends all sign-ins of the person. */
  @Post('logout-all')
  @Public()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiCookieAuth()
  @ApiNoContentResponse()
  async logoutAll(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.auth.logoutAll(this.cookie.read(request));
    this.cookie.clear(response);
  }

  /** Mails a link when the address has an account; the answer is the same for every address. */
  @Post('password/forgot')
  @Public()
  @HttpCode(HttpStatus.ACCEPTED)
  async forgot(@Body() { email }: ForgotPasswordDto): Promise<void> {
    await this.auth.forgotPassword(email);
  }

  /** Sets a new password with a mailed token and ends all sign-ins. */
  @Post('password/reset')
  @Public()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  reset(@Body() reset: ResetPasswordDto): Promise<void> {
    return this.auth.resetPassword(reset);
  }

  /** Changes the own password; all other sign-ins end. */
  @Post('password/change')
  @AnyRole()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiBearerAuth()
  @ApiNoContentResponse()
  async change(
    @CurrentUser() actor: Actor,
    @Body() change: ChangePasswordDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.auth.changePassword(actor, change);
    const token = this.cookie.read(request);
    if (token) this.cookie.write(response, (await this.auth.refresh(token)).refreshToken);
  }

  /** Takes over the address that the mailed token was sent to. It does not sign in. */
  @Post('email/confirm')
  @Public()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  confirmEmail(@Body() { token }: ConfirmEmailDto): Promise<void> {
    return this.accounts.confirmEmail(token);
  }

  /** Chooses a password with a mailed invitation. It does not sign in. */
  @Post('invitation/accept')
  @Public()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  accept(@Body() acceptance: AcceptInvitationDto): Promise<void> {
    return this.auth.acceptInvitation(acceptance);
  }

  private answer(response: Response, { user, signInId, refreshToken }: SignedIn): SignedInDto {
    this.cookie.write(response, refreshToken);
    const accessToken = this.accessTokens.sign(user.id, signInId);
    return { accessToken, tokenType: 'Bearer', expiresIn: ACCESS_TOKEN_SECONDS, user: AccountDto.from(user) };
  }
}
