export { AttachmentLinks } from './attachment-links';
export { Attachment, type AttachmentVariant } from './attachment.entity';
export { AttachmentsModule } from './attachments.module';
export { AttachmentsService, type OpenedFile } from './attachments.service';
export { downloadHeaders } from './download-headers';
export { AttachmentDto } from './dto/attachment.dto';
export { FileReceiver, type ReceivedFile } from './file-receiver';
export { type PreparedFile } from './prepared-file';
export { fileInterceptor, filesInterceptor } from './upload.interceptors';
