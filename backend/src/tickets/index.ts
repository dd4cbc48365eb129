export { AssignmentService } from './assignment.service';
export * from './events/ticket-events';
export { ParseTicketId } from './http';
export { TicketEraser } from './removal/ticket-eraser';
export * from './search/ticket-search';
export { TicketCreationService } from './ticket-creation.service';
export { TagsService } from './tags/tags.service';
export {
  Tag,
  Ticket,
  TICKET_PRIORITIES,
  TICKET_STATUSES,
  TicketTag,
  type TicketPriority,
  type TicketStatus,
} from './ticket.entity';
export { assertMayBeSaid, StoredBefore, TicketMessages } from './ticket-messages';
export { assertCan, assertMayNote, mayRead, visibleTo } from './ticket.policy';
export { TicketRenderer } from './ticket.renderer';
export { TicketsModule } from './tickets.module';
export { TicketsService } from './tickets.service';
export { ViewsService } from './views/views.service';
