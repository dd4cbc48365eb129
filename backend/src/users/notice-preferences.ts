import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsOptional, Matches, ValidateNested } from 'class-validator';

/** What people can be told of. */
export const NOTICE_EVENTS = ['created', 'assigned', 'message', 'mention', 'status', 'priority'] as const;
export type NoticeEvent = (typeof NOTICE_EVENTS)[number];

/** Whose tickets staff hear of: those they hold, those they follow as well, or all. */
export const NOTICE_SCOPES = ['mine', 'followed', 'all'] as const;
export type NoticeScope = (typeof NOTICE_SCOPES)[number];

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

const Part =
  (type: new () => object): PropertyDecorator =>
  (target, key) => {
    ApiProperty({ type })(target, key);
    IsOptional()(target, key);
    IsObject()(target, key);
    ValidateNested()(target, key);
    Type(() => type)(target, key);
  };

const Flag =
  (description?: string): PropertyDecorator =>
  (target, key) => {
    ApiProperty({ type: Boolean, description })(target, key);
    IsOptional()(target, key);
    IsBoolean()(target, key);
  };

const TimeOfDay = (): PropertyDecorator => (target, key) => {
  ApiProperty({ pattern: TIME_OF_DAY.source, example: '22:00' })(target, key);
  IsOptional()(target, key);
  Matches(TIME_OF_DAY, { message: '$property must be a time of day like 22:00' })(target, key);
};

/** How one kind of event is told. Desktop and sound announce what stands on the page: without it they are silent. */
export class NoticeChannels {
  @Flag() page!: boolean;
  @Flag() desktop!: boolean;
  @Flag() sound!: boolean;
}

export class NoticeEvents implements Record<NoticeEvent, NoticeChannels> {
  @Part(NoticeChannels) created!: NoticeChannels;
  @Part(NoticeChannels) assigned!: NoticeChannels;
  @Part(NoticeChannels) message!: NoticeChannels;
  @Part(NoticeChannels) mention!: NoticeChannels;
  @Part(NoticeChannels) status!: NoticeChannels;
  @Part(NoticeChannels) priority!: NoticeChannels;
}

export class QuietHours {
  @Flag() on!: boolean;
  @TimeOfDay() from!: string;
  @TimeOfDay() to!: string;
}

/** What somebody wants to be told of, and how. As a change every member is optional. */
export class NoticePreferences {
  @Part(NoticeEvents) events!: NoticeEvents;
  @ApiProperty({ enum: NOTICE_SCOPES, description: 'For staff; customers hear of their own tickets.' })
  @IsOptional()
  @IsIn(NOTICE_SCOPES)
  scope!: NoticeScope;
  @Flag('Notices on the desktop do not say from whom and about what.') neutral!: boolean;
  @Part(QuietHours) quietHours!: QuietHours;
}

const told = (isAnnounced: boolean): NoticeChannels => ({ page: true, desktop: isAnnounced, sound: isAnnounced });

export const defaultNotices = (): NoticePreferences => ({
  events: {
    created: { page: false, desktop: false, sound: false },
    assigned: told(true),
    message: told(true),
    mention: told(true),
    status: told(false),
    priority: told(false),
  },
  scope: 'followed',
  neutral: false,
  quietHours: { on: false, from: '22:00', to: '07:00' },
});
