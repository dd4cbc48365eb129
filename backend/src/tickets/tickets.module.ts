import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentsModule } from '../attachments';
import { AuthModule } from '../auth';
import { CategoriesModule } from '../categories';
import { ConversationsModule } from '../conversations';
import { UsersModule } from '../users';
import { AgentsController } from './agents.controller';
import { AssignmentController } from './assignment.controller';
import { AssignmentService } from './assignment.service';
import { AttachmentsController } from './attachments.controller';
import { BulkController } from './bulk/bulk.controller';
import { BulkService } from './bulk/bulk.service';
import { CategoryUses } from './categories/category-uses';
import { CategoryUsesController } from './categories/category-uses.controller';
import { FollowersController } from './followers.controller';
import { FollowersService } from './followers.service';
import { TicketHandover } from './handover/ticket-handover';
import { TicketAttachmentsService } from './ticket-attachments.service';
import { TicketChanges } from './ticket-changes';
import { TicketCreationService } from './ticket-creation.service';
import { FoundTickets } from './search/found-tickets';
import { TicketSearchPages } from './search/ticket-search.pages';
import { TicketFinder } from './lists/ticket-finder';
import { TicketRows } from './lists/ticket-rows';
import { TicketEraser } from './removal/ticket-eraser';
import { TicketPurge } from './removal/ticket-purge';
import { TagMover } from './tags/tag-mover';
import { TagMovesService } from './tags/tag-moves.service';
import { TagsController } from './tags/tags.controller';
import { TagsService } from './tags/tags.service';
import { Tag, Ticket, TicketTag } from './ticket.entity';
import { TicketFieldChecks } from './ticket-field-checks';
import { TicketListQueries } from './ticket-list.query';
import { TicketMessages } from './ticket-messages';
import { TicketRenderer } from './ticket.renderer';
import { TicketsController } from './tickets.controller';
import { TicketsService } from './tickets.service';
import { TicketView } from './views/ticket-view.entity';
import { ViewsController } from './views/views.controller';
import { ViewsService } from './views/views.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([Ticket, TicketTag, Tag, TicketView]),
    UsersModule,
    AuthModule,
    CategoriesModule,
    ConversationsModule,
    AttachmentsModule,
  ],
  controllers: [
    TicketsController,
    AssignmentController,
    AttachmentsController,
    AgentsController,
    CategoryUsesController,
    TagsController,
    FollowersController,
    BulkController,
    ViewsController,
  ],
  providers: [
    AssignmentService,
    BulkService,
    CategoryUses,
    FollowersService,
    TagMover,
    TagMovesService,
    TagsService,
    TicketEraser,
    TicketPurge,
    ViewsService,
    TicketAttachmentsService,
    TicketChanges,
    TicketCreationService,
    TicketFieldChecks,
    FoundTickets,
    TicketFinder,
    TicketHandover,
    TicketListQueries,
    TicketMessages,
    TicketRenderer,
    TicketRows,
    TicketSearchPages,
    TicketsService,
  ],
  exports: [
    AssignmentService,
    TagsService,
    TicketCreationService,
    TicketEraser,
    TicketMessages,
    TicketRenderer,
    TicketsService,
    ViewsService,
  ],
})
export class TicketsModule {}
