import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentLinks } from './attachment-links';
import { Attachment } from './attachment.entity';
import { AttachmentsService } from './attachments.service';
import { ByteRemoval } from './byte-removal';
import { FileReceiver } from './file-receiver';
import { FileStore } from './file-store';
import { LocalFileStore } from './local-file-store';
import { Multipart } from './multipart';
import { OrphanedBytesSweeper } from './orphaned-bytes.sweeper';
import { FilePreparer } from './prepared-file';
import { StagedFilesSweeper } from './staged-files.sweeper';
import { TempFiles } from './temp-files';

@Module({
  imports: [TypeOrmModule.forFeature([Attachment])],
  providers: [
    AttachmentLinks,
    AttachmentsService,
    ByteRemoval,
    FilePreparer,
    FileReceiver,
    Multipart,
    OrphanedBytesSweeper,
    StagedFilesSweeper,
    TempFiles,
    { provide: FileStore, useClass: LocalFileStore },
  ],
  exports: [AttachmentLinks, AttachmentsService, FileReceiver, Multipart],
})
export class AttachmentsModule {}
