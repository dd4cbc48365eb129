import {
  applyDecorators,
  Controller,
  Get,
  HttpStatus,
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
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { AnyRole, CurrentUser, Public, type Actor } from '../access';
import {
  AttachmentDto,
  AttachmentLinks,
  downloadHeaders,
  fileInterceptor,
  SAFE_HEADERS,
  type AttachmentVariant,
  type ReceivedFile,
} from '../attachments';
import { LinkVisitors } from '../auth';
import { AcceptsIdempotencyKey, Idempotency, KeyOfRequest, type KeyedRequest } from '../idempotency';
import { ParseTicketId } from './http';
import { TicketAttachmentsService } from './ticket-attachments.service';

const BYTES = { type: 'string', format: 'binary' } as const;

/** Comes before anything can be refused. */
@Injectable()
export class SafeHeaders implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    context.switchToHttp().getResponse<Response>().set(SAFE_HEADERS);
    return next.handle();
  }
}

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

/** A route whose answers, refusals among them, let nothing in a file run. */
const SendsFile = (description: string, ...mediaTypes: string[]): MethodDecorator =>
  applyDecorators(
    Public(),
    UseInterceptors(SafeHeaders),
    ApiProduces(...mediaTypes),
    ApiHeader({ name: 'Range', required: false, description: 'One part of the bytes; several are answered whole.' }),
    ApiOkResponse({ description, schema: BYTES }),
    ApiResponse({ status: HttpStatus.PARTIAL_CONTENT, description: 'The part asked for.', schema: BYTES }),
    ApiResponse({ status: HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, description: 'There is no such part.' }),
  );

interface Asked {
  attachmentId: string;
  variant: AttachmentVariant;
  query: Record<string, unknown>;
}

@ApiTags('attachments')
@ApiBearerAuth()
@Controller()
export class AttachmentsController {
  constructor(
    private readonly files: TicketAttachmentsService,
    private readonly links: AttachmentLinks,
    private readonly visitors: LinkVisitors,
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
  @SendsFile('The file.', 'image/png', 'image/jpeg', 'application/pdf')
  download(
    @Param('attachmentId', ParseUUIDPipe) attachmentId: string,
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | undefined> {
    return this.send({ attachmentId, variant: 'file', query }, request, response);
  }

  /** A small picture of a picture. */
  @Get('attachments/:attachmentId/thumbnail')
  @SendsFile('The thumbnail.', 'image/webp')
  thumbnail(
    @Param('attachmentId', ParseUUIDPipe) attachmentId: string,
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | undefined> {
    return this.send({ attachmentId, variant: 'thumbnail', query }, request, response);
  }

  private async send(
    { attachmentId, variant, query }: Asked,
    request: Request,
    response: Response,
  ): Promise<StreamableFile | undefined> {
    const actor = await this.visitors.identify(request, () => this.links.check(attachmentId, variant, query));
    if (request.method === 'HEAD') {
      const { attachment, file } = await this.files.describe(actor, attachmentId, variant);
      response.set(downloadHeaders(attachment, file));
      return undefined;
    }
    const { attachment, file } = await this.files.open(actor, attachmentId, variant, rangeOf(request));
    response.status(file.part ? HttpStatus.PARTIAL_CONTENT : HttpStatus.OK).set(downloadHeaders(attachment, file));
    return new StreamableFile(file.stream, { length: file.size });
  }
}

/** A condition cannot hold: files have no validators, and they never change. */
const rangeOf = (request: Request): string | undefined =>
  request.headers['if-range'] === undefined ? request.headers.range : undefined;
