import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../attachments';
import { AuthModule } from '../auth';
import { CategoriesModule } from '../categories';
import { ChatModule } from '../chat';
import { ConversationsModule } from '../conversations';
import { TicketsModule } from '../tickets';
import { UsersModule } from '../users';
import { AuditController } from './audit/audit.controller';
import { AuditTrail } from './audit/audit-trail';
import { DemoEraser } from './demo/demo-eraser';
import { DemoService } from './demo/demo.service';
import { StoryTeller } from './demo/story-teller';
import { FirstAdmin } from './first-admin';
import { HealthController } from './health/health.controller';
import { Readiness } from './health/readiness';
import { UserCreation } from './user-creation';
import { VolumeLoader } from './volume/volume.service';

@Module({
  imports: [
    AttachmentsModule,
    AuthModule,
    CategoriesModule,
    ChatModule,
    ConversationsModule,
    TicketsModule,
    UsersModule,
  ],
  controllers: [AuditController, HealthController],
  providers: [AuditTrail, DemoEraser, DemoService, FirstAdmin, Readiness, StoryTeller, UserCreation, VolumeLoader],
})
export class OperationsModule {}
