import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { NoticePreferences } from '../notice-preferences';
import { EmailPreferences, MailsField, NoticesField, type NoticesPatch, type Preferences } from '../preferences';

/** What new staff begin with, as far as admins decide about it. */
export class StaffDefaultsDto {
  @ApiProperty({ type: EmailPreferences }) email!: EmailPreferences;
  @ApiProperty() sound!: boolean;
  @ApiProperty({ type: NoticePreferences }) notifications!: NoticePreferences;

  static from({ email, sound, notifications }: Preferences): StaffDefaultsDto {
    return { email, sound, notifications };
  }
}

/** What is left out stays as it is. */
export class StaffDefaultsPatch {
  @MailsField() readonly email?: Partial<EmailPreferences>;
  @ApiPropertyOptional() @IsOptional() @IsBoolean() readonly sound?: boolean;
  @NoticesField() readonly notifications?: NoticesPatch;
}
