import { Foundation1795200000000 } from './1795200000000-foundation';
import { Drafts1795300000000 } from './1795300000000-drafts';
import { TicketWork1795400000000 } from './1795400000000-ticket-work';
import { UnreadFrom1795500000000 } from './1795500000000-unread-from';
import { Search1795600000000 } from './1795600000000-search';
import { TicketLists1795700000000 } from './1795700000000-ticket-lists';
import { AccountsAndAudit1795800000000 } from './1795800000000-accounts-and-audit';
import { AuditLists1796100000000 } from './1796100000000-audit-lists';
import { AuditOfAPerson1796110000000 } from './1796110000000-audit-of-a-person';
import { MailDelivery1796200000000 } from './1796200000000-mail-delivery';
import { TicketPriorities1796300000000 } from './1796300000000-ticket-priorities';
import { Notices1796400000000 } from './1796400000000-notices';
import { MailAge1797100000000 } from './1797100000000-mail-age';
import { Tags1797200000000 } from './1797200000000-tags';
import { CannedReplies1797210000000 } from './1797210000000-canned-replies';

/** All steps of the schema, oldest first. A step that has been released is never edited. */
export const migrations = [
  Foundation1795200000000,
  Drafts1795300000000,
  TicketWork1795400000000,
  UnreadFrom1795500000000,
  Search1795600000000,
  TicketLists1795700000000,
  AccountsAndAudit1795800000000,
  AuditLists1796100000000,
  AuditOfAPerson1796110000000,
  MailDelivery1796200000000,
  TicketPriorities1796300000000,
  Notices1796400000000,
  MailAge1797100000000,
  Tags1797200000000,
  CannedReplies1797210000000,
];
