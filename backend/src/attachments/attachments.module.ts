import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Settings } from '../config';
import { AttachmentLinks } from './attachment-links';
import { Attachment } from './attachment.entity';
import { AttachmentsService } from './attachments.service';
import { ByteRemoval } from './byte-removal';
import { ClamdScanner } from './clamd-scanner';
import { DiskSpace } from './disk-space';
import { FileReceiver } from './file-receiver';
import { FileStore } from './file-store';
import { fileStoreOf } from './file-store-of';
import { Multipart } from './multipart';
import { OrphanedBytesSweeper } from './orphaned-bytes.sweeper';
import { Pictures } from './pictures';
import { FilePreparer } from './prepared-file';
import { StagedFilesSweeper } from './staged-files.sweeper';
import { StoreWatch } from './store-watch';
import { TempFiles } from './temp-files';
import { NoVirusScanner, VirusScanner } from './virus-scanner';

const scannerOf = ({ clamd }: Settings): VirusScanner => (clamd ? new ClamdScanner(clamd) : new NoVirusScanner());

@Module({
  imports: [TypeOrmModule.forFeature([Attachment])],
  providers: [
    AttachmentLinks,
    AttachmentsService,
    ByteRemoval,
    DiskSpace,
    FilePreparer,
    FileReceiver,
    Multipart,
    OrphanedBytesSweeper,
    Pictures,
    StagedFilesSweeper,
    StoreWatch,
    TempFiles,
    { provide: FileStore, inject: [Settings], useFactory: fileStoreOf },
    { provide: VirusScanner, inject: [Settings], useFactory: scannerOf },
  ],
  exports: [AttachmentLinks, AttachmentsService, FileReceiver, FileStore, Multipart, StoreWatch, TempFiles],
})
export class AttachmentsModule {}
