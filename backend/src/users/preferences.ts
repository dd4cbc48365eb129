import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsObject, IsOptional, Max, Min, ValidateBy, ValidateNested } from 'class-validator';
import { defaultKeys, defaultWorkspace, KeyPreferences, PartField, WorkspacePreferences } from './desk-preferences';
import { defaultNotices, NoticePreferences, type NoticeEvents, type QuietHours } from './notice-preferences';
import { isTimeZone, LONGEST_ZONE } from './quiet-hours';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
/** `auto`: close together for staff, who have many, and apart for customers. */
export const DENSITIES = ['auto', 'comfortable', 'compact'] as const;
export const LANGUAGES = ['en', 'de'] as const;
const LONGEST_TAKE_BACK = 30;

/** The channel mail of each kind of event; `notifications.scope` says of whose tickets. */
export class EmailPreferences {
  @ApiProperty() @IsOptional() @IsBoolean() messages!: boolean;
  @ApiProperty() @IsOptional() @IsBoolean() status!: boolean;
  @ApiProperty() @IsOptional() @IsBoolean() assignments!: boolean;
  @ApiProperty() @IsOptional() @IsBoolean() mentions!: boolean;
  @ApiProperty() @IsOptional() @IsBoolean() priority!: boolean;
  @ApiProperty() @IsOptional() @IsBoolean() created!: boolean;
}

/** How a person wants the product to behave. */
export class Preferences {
  @ApiProperty({ type: EmailPreferences }) email!: EmailPreferences;
  @ApiProperty() sound!: boolean;
  @ApiProperty({ enum: THEMES }) theme!: (typeof THEMES)[number];
  @ApiProperty({ enum: DENSITIES, description: 'How close rows stand; `auto` goes by the role.' })
  density!: (typeof DENSITIES)[number];
  @ApiProperty({ enum: LANGUAGES }) language!: (typeof LANGUAGES)[number];
  @ApiProperty({
    minimum: 0,
    maximum: LONGEST_TAKE_BACK,
    description: 'So many seconds a reply waits, to be taken back, when the customer is away.',
  })
  takeBackSeconds!: number;
  @ApiProperty({ type: NoticePreferences }) notifications!: NoticePreferences;
  @ApiProperty({ maxLength: LONGEST_ZONE, example: 'Europe/Berlin', description: 'Where quiet hours are counted.' })
  timeZone!: string;
  @ApiProperty({ type: KeyPreferences }) keys!: KeyPreferences;
  @ApiProperty({ type: WorkspacePreferences }) workspace!: WorkspacePreferences;
}

/** What a change of wishes about notices may name. */
export interface NoticesPatch extends Partial<Pick<NoticePreferences, 'scope' | 'neutral'>> {
  readonly events?: { readonly [Event in keyof NoticeEvents]?: Partial<NoticeEvents[Event]> };
  readonly quietHours?: Partial<QuietHours>;
}

export const MailsField = (): PropertyDecorator => PartField(EmailPreferences);

export const NoticesField = (): PropertyDecorator => (target, key) => {
  ApiPropertyOptional({ type: NoticePreferences, description: 'Each member is optional, at every depth.' })(
    target,
    key,
  );
  IsOptional()(target, key);
  IsObject()(target, key);
  ValidateNested()(target, key);
  Type(() => NoticePreferences)(target, key);
};

const TimeZoneField = (): PropertyDecorator => (target, key) => {
  ApiPropertyOptional({ maxLength: LONGEST_ZONE, example: 'Europe/Berlin' })(target, key);
  IsOptional()(target, key);
  ValidateBy({
    name: 'isTimeZone',
    validator: { validate: isTimeZone, defaultMessage: () => '$property must be the name of a time zone' },
  })(target, key);
};

/** A change of preferences: what is left out stays as it is. */
export class PreferencesPatch {
  @MailsField() readonly email?: Partial<EmailPreferences>;
  @ApiPropertyOptional() @IsOptional() @IsBoolean() readonly sound?: boolean;
  @ApiPropertyOptional({ enum: THEMES }) @IsOptional() @IsIn(THEMES) readonly theme?: Preferences['theme'];
  @ApiPropertyOptional({ enum: DENSITIES }) @IsOptional() @IsIn(DENSITIES) readonly density?: Preferences['density'];
  @ApiPropertyOptional({ enum: LANGUAGES }) @IsOptional() @IsIn(LANGUAGES) readonly language?: Preferences['language'];
  @ApiPropertyOptional({ minimum: 0, maximum: LONGEST_TAKE_BACK })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LONGEST_TAKE_BACK)
  readonly takeBackSeconds?: number;
  @NoticesField() readonly notifications?: NoticesPatch;
  @TimeZoneField() readonly timeZone?: string;
  @PartField(KeyPreferences) readonly keys?: Partial<KeyPreferences>;
  @PartField(WorkspacePreferences) readonly workspace?: Partial<WorkspacePreferences>;
}

export const defaultPreferences = (): Preferences => ({
  email: { messages: true, status: true, assignments: true, mentions: true, priority: false, created: false },
  sound: true,
  theme: 'system',
  density: 'auto',
  language: 'en',
  takeBackSeconds: 5,
  notifications: defaultNotices(),
  timeZone: 'UTC',
  keys: defaultKeys(),
  workspace: defaultWorkspace(),
});

/** What was stored before a member existed has its default. */
export const completePreferences = (stored: object): Preferences => merged(defaultPreferences(), stored);

/** Merges deeply; members that the patch leaves out keep their value. */
export const mergePreferences = (current: Preferences, patch: PreferencesPatch): Preferences => merged(current, patch);

/** A new object in which what the change names replaces what stood there; objects are merged at every depth, lists never. */
export function merged<Value extends object>(current: Value, change: object): Value {
  const result = Object.fromEntries<unknown>(Object.entries(current));
  for (const [key, value] of Object.entries(change) as [string, unknown][]) {
    if (value === undefined || value === null) continue;
    result[key] = isObject(value) ? merged(isObject(result[key]) ? result[key] : {}, value) : value;
  }
  return result as Value;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
