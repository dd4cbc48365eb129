import {
  Controller,
  Get,
  Injectable,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
  UploadedFile,
  UseGuards,
  UseInterceptors,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AnyRole, CurrentUser, Public, type Actor } from '../access';
import {
  AttachmentDto,
  AttachmentLinks,
  downloadHeaders,
  fileInterceptor,
  type AttachmentVariant,
  type ReceivedFile,
} from '../attachments';
import { AcceptsIdempotencyKey, Idempotency, KeyOfRequest, type KeyedRequest } from '../idempotency';
import { FileVisitors } from './file-visitors';
import { ParseTicketId } from './http';
import { TicketAttachmentsService } from './ticket-attachments.service';

/** Refuses before the upload is read, not after. */
@Injectable()
export class MayUploadGuard implements CanActivate {
  constructor(private readonly files: TicketAttachmentsService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { user, params } = context.switchToHttp().getRequest<Request & { user: Actor }>();
    await this.files.assertMayUpload(user, new ParseTicketId().transform(String(params.ticketId)));
    return true;
  }
}

@ApiTags('attachments')
@ApiBearerAuth()
@Controller()
export class AttachmentsController {
  constructor(
    private readonly files: TicketAttachmentsService,
    private readonly links: AttachmentLinks,
    private readonly visitors: FileVisitors,
    private readonly idempotency: Idempotency,
  ) {}

  /** Uploads one file for a message to come; name its id in `attachmentIds` within 24 hours. */
  @Post('tickets/:ticketId/attachments')
  @AnyRole()
  @UseGuards(MayUploadGuard)
  @UseInterceptors(fileInterceptor('file'))
  @AcceptsIdempotencyKey()
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  })
  @ApiCreatedResponse({ type: AttachmentDto })
  async upload(
    @CurrentUser() actor: Actor,
    @Param('ticketId', ParseTicketId) ticketId: number,
    @UploadedFile() file: ReceivedFile,
    @KeyOfRequest() request: KeyedRequest,
  ): Promise<AttachmentDto> {
    const attachment = await this.idempotency.once(
      request,
      () => this.files.stage(actor, ticketId, file),
      (id) => this.files.get(actor, id),
    );
    return this.links.sign(attachment, actor.signInId);
  }

  /** The bytes, for a bearer token or by the signed link of an Attachment. */
  @Get('attachments/:attachmentId')
  @Public()
  @ApiProduces('image/png', 'image/jpeg', 'application/pdf')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  download(
    @Param('attachmentId', ParseUUIDPipe) attachmentId: string,
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return this.send(attachmentId, 'file', query, request, response);
  }

  /** A small picture of a picture. */
  @Get('attachments/:attachmentId/thumbnail')
  @Public()
  @ApiProduces('image/webp')
  @ApiOkResponse({ description: 'The thumbnail.', schema: { type: 'string', format: 'binary' } })
  thumbnail(
    @Param('attachmentId', ParseUUIDPipe) attachmentId: string,
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return this.send(attachmentId, 'thumbnail', query, request, response);
  }

  private async send(
    attachmentId: string,
    variant: AttachmentVariant,
    query: Record<string, unknown>,
    request: Request,
    response: Response,
  ): Promise<StreamableFile> {
    const actor = await this.visitors.identify(request, attachmentId, variant, query);
    const { attachment, file } = await this.files.open(actor, attachmentId, variant);
    response.set(downloadHeaders(attachment, file.mediaType));
    return new StreamableFile(file.stream, { length: file.size });
  }
}
