import { Controller, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiConflictResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles, type Actor } from '../../access';
import { MailTrial } from './mail-trial';
import { FindingDto, MailTrialDto } from './self-test.dto';
import { SelfTest } from './self-test';

@ApiTags('administration')
@ApiBearerAuth()
@Roles('admin')
@Controller('self-test')
export class SelfTestController {
  constructor(
    private readonly selfTest: SelfTest,
    private readonly mailTrial: MailTrial,
  ) {}

  /** Looks at database, tables, nodes, files, mail, background work and address; takes up to 12 seconds. */
  @Get()
  @ApiOkResponse({ type: [FindingDto] })
  async run(): Promise<FindingDto[]> {
    return (await this.selfTest.run()).map((finding) => FindingDto.from(finding));
  }

  /** Sends a mail to the caller's own address at once. 409 `no-mail-server` where none is set up. */
  @Post('mail')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: MailTrialDto })
  @ApiConflictResponse({ description: '`no-mail-server`' })
  async tryMail(@CurrentUser() actor: Actor): Promise<MailTrialDto> {
    return this.mailTrial.sendTo(actor.id);
  }
}
