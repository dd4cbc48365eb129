import { Controller, Get, HttpCode, HttpStatus, Post, Query, Redirect } from '@nestjs/common';
import { ApiFoundResponse, ApiNoContentResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { Public } from '../../access';
import { DomainError, MaxLength } from '../../common';
import { Settings } from '../../config';
import { UnsubscribeLinks } from '../../mail';
import { UsersService } from '../../users';

export class UnsubscribeQuery {
  @ApiProperty({ description: 'From the link in the mail.' }) @IsString() @MaxLength(200) readonly token!: string;
}

export class UnknownUnsubscribeLink extends DomainError {
  constructor() {
    super('validation', 'This link is not complete. Open it from the mail again, or choose in your profile.', {
      code: 'invalid-token',
    });
  }
}

/** Switching off one kind of mail from the mail itself, without signing in. */
@ApiTags('mails')
@Controller('mails/unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly links: UnsubscribeLinks,
    private readonly users: UsersService,
    private readonly settings: Settings,
  ) {}

  /** Leads to a page that asks; programs that look at links in mails change nothing. */
  @Get()
  @Public()
  @Redirect()
  @ApiFoundResponse({ description: 'The page of the client.' })
  page(@Query() { token }: UnsubscribeQuery): { url: string } {
    return { url: `${this.settings.publicUrl}/unsubscribe?token=${encodeURIComponent(token)}` };
  }

  /** One click, as mail programs do it (RFC 8058); what they send along is not looked at. Repeating it changes nothing. */
  @Post()
  @Public()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async unsubscribe(@Query() { token }: UnsubscribeQuery): Promise<void> {
    const known = this.links.read(token);
    if (!known) throw new UnknownUnsubscribeLink();
    const { id } = await this.users.get(known.userId);
    await this.users.updateSelf(id, { preferences: { email: { [known.setting]: false } } });
  }
}
