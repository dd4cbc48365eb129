import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../attachments';
import { AuthModule } from '../auth';
import { CannedRepliesModule } from '../canned-replies';
import { CategoriesModule } from '../categories';
import { ChatModule } from '../chat';
import { ConversationsModule } from '../conversations';
import { MailModule } from '../mail';
import { NotificationsModule } from '../notifications';
import { RealtimeModule } from '../realtime';
import { TicketsModule } from '../tickets';
import { UsersModule } from '../users';
import { AuditController } from './audit/audit.controller';
import { AuditNames } from './audit/audit-names';
import { AuditTrail } from './audit/audit-trail';
import { DemoEraser } from './demo/demo-eraser';
import { DemoService } from './demo/demo.service';
import { StoryTeller } from './demo/story-teller';
import { FirstAdmin } from './first-admin';
import { HealthController } from './health/health.controller';
import { Readiness } from './health/readiness';
import { AddressCheck } from './self-test/address-check';
import { DatabaseCheck } from './self-test/database-check';
import { JobsCheck } from './self-test/jobs-check';
import { MailCheck } from './self-test/mail-check';
import { MailTrial } from './self-test/mail-trial';
import { NodesCheck } from './self-test/nodes-check';
import { ReplicasCheck } from './self-test/replicas-check';
import { SchemaCheck } from './self-test/schema-check';
import { SelfTest } from './self-test/self-test';
import { Metrics } from './metrics/metrics';
import { MailPreviewLinks } from './mail-preview/mail-preview-links';
import { MailPreviewController } from './mail-preview/mail-preview.controller';
import { MetricsController } from './metrics/metrics.controller';
import { SelfTestController } from './self-test/self-test.controller';
import { StorageCheck } from './self-test/storage-check';
import { OwnDataController } from './own-data/own-data.controller';
import { OwnDataService } from './own-data/own-data.service';
import { PeopleExport } from './people/people-export';
import { PeopleExportController } from './people/people-export.controller';
import { SettingsController } from './settings/settings.controller';
import { UserCreation } from './user-creation';
import { VolumeLoader } from './volume/volume.service';

@Module({
  imports: [
    AttachmentsModule,
    AuthModule,
    CannedRepliesModule,
    CategoriesModule,
    ChatModule,
    ConversationsModule,
    MailModule,
    NotificationsModule,
    RealtimeModule,
    TicketsModule,
    UsersModule,
  ],
  controllers: [
    AuditController,
    HealthController,
    MailPreviewController,
    MetricsController,
    OwnDataController,
    PeopleExportController,
    SelfTestController,
    SettingsController,
  ],
  providers: [
    AddressCheck,
    AuditNames,
    AuditTrail,
    DatabaseCheck,
    DemoEraser,
    DemoService,
    FirstAdmin,
    JobsCheck,
    MailCheck,
    MailPreviewLinks,
    MailTrial,
    Metrics,
    NodesCheck,
    ReplicasCheck,
    OwnDataService,
    PeopleExport,
    Readiness,
    SchemaCheck,
    SelfTest,
    StorageCheck,
    StoryTeller,
    UserCreation,
    VolumeLoader,
  ],
})
export class OperationsModule {}
