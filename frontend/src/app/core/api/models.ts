/**
 * The shapes the API speaks, under the names the client uses: those that are pushed too come from the socket vocabulary,
 * the rest from the generated `schema.d.ts`.
 */
import type {
  WireAttachment,
  WireCategoryRef,
  WireMessage,
  WireMessageKind,
  WireNewNotification,
  WireNotification,
  WireNotificationType,
  WirePresenceState,
  WireRole,
  WireTicketPriority,
  WireTicketStatus,
  WireTicketSummary,
  WireTimelineEvent,
  WireUserRef,
  WireViewer,
} from '@parley/socket-events';

import type { components } from './schema';

type Schemas = components['schemas'];

export type Role = WireRole;
export type UserRef = WireUserRef;
export type Viewer = WireViewer;
export type PresenceState = WirePresenceState;

export type TicketStatus = WireTicketStatus;
export type TicketPriority = WireTicketPriority;
export type CategoryRef = WireCategoryRef;
export type Attachment = WireAttachment;
export type MessageKind = WireMessageKind;
export type Message = WireMessage;
export type TimelineEvent = WireTimelineEvent;

/** A row of a list, as the REST routes answer it: `unread` is always there, unlike in pushes. */
export type TicketSummary = Schemas['TicketSummaryDto'];
/** Where the words of a search stand, and the line they stand in: its pieces put together, `hit` for those to mark. */
export type TicketMatch = Schemas['TicketMatchDto'];
/** A row as it is pushed. */
export type PushedTicketSummary = WireTicketSummary;
export type Ticket = Schemas['TicketDto'];
export type TicketCounts = Schemas['TicketCountsDto'];
/** A number, or "1000+" where counting further would cost too much. */
export type Count = TicketCounts['all'];
export type Category = Schemas['CategoryDto'];
export type CategoryUses = Schemas['CategoryUsesDto'];
/** Who was invited, or why nobody was. */
export type InvitationResult = Schemas['InvitationResultDto'];
/** An agent or admin, as offered for assigning. */
export type Agent = Schemas['AgentDto'];
/** A tag that is in use, and how often. */
export type UsedTag = Schemas['TagDto'];
/** A text that staff insert into what they write. */
export type CannedReply = Schemas['CannedReplyDto'];
export type NewCannedReply = Schemas['CreateCannedReplyDto'];
export type CannedReplyChange = Schemas['UpdateCannedReplyDto'];
export type CannedReplyVersion = Schemas['CannedReplyVersionDto'];

/** A list that staff saved: a filter and an order under a name. */
export type SavedView = Schemas['ViewDto'];
export type TicketSort = SavedView['sort'];
/** Null for a view with words: they are not counted. */
export type ViewCount = Schemas['ViewCountDto'];

/** What is to be different about many tickets. */
export type BulkAction = Schemas['BulkActionDto'];
/** What became of one of them. */
export type BulkResult = Schemas['BulkResultDto'];
/** One line of an answer, sent back to undo it. */
export type BulkUndo = Schemas['BulkUndoDto'];

export type NotificationType = WireNotificationType;
/** A notice to one person. */
export type UserNotification = WireNotification;
/** One that just came, and whether this person's devices may announce it. */
export type NewNotification = WireNewNotification;
export type NoticePreferences = Schemas['NoticePreferences'];
export type NoticeEvent = keyof NoticePreferences['events'];
/** What new staff begin with. */
export type StaffDefaults = Schemas['StaffDefaultsDto'];
export type StaffDefaultsChange = DeepPartial<StaffDefaults>;

export type Preferences = Schemas['Preferences'];
/** What is left out stays as it is. */
export type PreferencesChange = DeepPartial<Preferences>;
type DeepPartial<Value> = Value extends object ? { [Key in keyof Value]?: DeepPartial<Value[Key]> } : Value;
export type ThemeChoice = Preferences['theme'];
export type DensityChoice = Preferences['density'];
/** The signed-in person; preferences follow a moment after sign-in. */
export type Me = Schemas['AccountDto'] & Partial<Pick<Schemas['MeDto'], 'preferences' | 'confirmationPending'>>;
export type SignInAnswer = Schemas['SignedInDto'];
/** One signed-in device of the caller. */
export type SignedInDevice = Schemas['SessionDto'];

/** One draft as lists show it. */
export type DraftSummary = Schemas['DraftSummaryDto'];

/** A person, as admins and agents see them. */
export type User = Schemas['UserDto'];
/** An outgoing mail as the server keeps it. */
export type AuditEntry = Schemas['AuditEntryDto'];
export type AuditAction = AuditEntry['action'];
/** One part of the installation, as a self-test found it. */
export type Finding = Schemas['FindingDto'];
/** What the mail server said to a mail that tries it. */
export type MailTrial = Schemas['MailTrialDto'];
/** One setting of the environment. */
export type Setting = Schemas['SettingDto'];
/** What there is of the sample data. */
export type DemoData = Schemas['DemoDataDto'];
export type DemoRemoved = Schemas['DemoRemovedDto'];
export type KeptMail = Schemas['MailDto'];
/** How sending goes. */
export type MailDelivery = Schemas['MailDeliveryDto'];
export type MailPreviewLink = Schemas['MailPreviewLinkDto'];
