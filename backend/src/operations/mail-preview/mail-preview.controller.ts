import {
  Controller,
  Get,
  Injectable,
  Param,
  ParseUUIDPipe,
  Query,
  Req,
  Res,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { CurrentUser, Public, Roles, type Actor } from '../../access';
import { LinkVisitors } from '../../auth';
import { Forbidden } from '../../common';
import { MailList } from '../../mail';
import { MailPreviewLinks } from './mail-preview-links';
import { MailPreviewLinkDto } from './mail-preview.dto';

/** Nothing in a mail may run, load, send or be kept; our own page alone may frame it. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'",
  'X-Frame-Options': 'SAMEORIGIN',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'private, no-store',
};

/** Comes before anything can be refused: a refusal is shown in the frame as well. */
@Injectable()
export class PreviewHeaders implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    context.switchToHttp().getResponse<Response>().set(HEADERS);
    return next.handle();
  }
}

@ApiTags('administration')
@ApiBearerAuth()
@Controller('mails/:mailId')
export class MailPreviewController {
  constructor(
    private readonly mails: MailList,
    private readonly links: MailPreviewLinks,
    private readonly visitors: LinkVisitors,
  ) {}

  /** A link to the HTML of a mail, for a frame, which sends no token. */
  @Get('preview-link')
  @Roles('admin')
  @ApiOkResponse({ type: MailPreviewLinkDto })
  async link(@CurrentUser() actor: Actor, @Param('mailId', ParseUUIDPipe) mailId: string): Promise<MailPreviewLinkDto> {
    const { id } = await this.mails.get(mailId);
    return { url: this.links.sign(id, actor.signInId) };
  }

  /** The HTML of a mail, for a bearer token or by a signed link. Nothing in it runs or loads, and its links lead nowhere. */
  @Get('preview')
  @Public()
  @UseInterceptors(PreviewHeaders)
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'The mail.', schema: { type: 'string' } })
  async preview(
    @Param('mailId', ParseUUIDPipe) mailId: string,
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const { role } = await this.visitors.identify(request, () => this.links.check(mailId, query));
    if (role !== 'admin') throw new Forbidden();
    const { html } = await this.mails.get(mailId);
    response.type('text/html');
    return inert(html);
  }
}

/** Links would open a page of their own, which the sandbox of the frame does not let them. */
const inert = (html: string): string => html.replace('<head>', '<head><base target="_blank">');
