import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import { IsText, Length, Trim } from '../../common';
import { completePreferences, EmailField, Preferences, PreferencesPatch, type User } from '../../users';
import type { SignIn } from '../sign-in.entity';
import { AccountDto, KnownPassword } from './auth.dto';

export class MeDto extends AccountDto {
  @ApiProperty({ description: 'Whether the address is known to be the person’s own.' }) emailConfirmed!: boolean;
  @ApiProperty({ description: 'Whether mails about tickets wait until the address is confirmed.' })
  confirmationPending!: boolean;
  @ApiProperty({ type: Preferences }) preferences!: Preferences;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;

  /** @param isRequired whether addresses have to be confirmed */
  static override from(user: User, isRequired = false): MeDto {
    const preferences = completePreferences(user.preferences);
    return {
      ...AccountDto.from(user),
      emailConfirmed: user.confirmedAt !== null,
      confirmationPending: isRequired && user.confirmedAt === null,
      preferences,
      createdAt: user.createdAt.toISOString(),
    };
  }
}

export class UpdateMeDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 })
  @IsOptional()
  @Trim()
  @IsText({ visible: true })
  @Length(1, 100)
  readonly name?: string;
  @ApiPropertyOptional({ type: PreferencesPatch, description: 'Merged deeply into what is stored.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PreferencesPatch)
  readonly preferences?: PreferencesPatch;
}

export class ChangeEmailDto {
  @EmailField() readonly email!: string;
  @KnownPassword() readonly password!: string;
}

export class DeleteMeDto {
  @KnownPassword() readonly password!: string;
}

/** A signed-in device. */
export class SessionDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ description: 'What the browser calls itself.' }) client!: string;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) lastSeenAt!: string;
  @ApiProperty({ description: 'True for the sign-in that asks.' }) current!: boolean;

  static from({ id, client, createdAt, lastSeenAt }: SignIn, currentId: string): SessionDto {
    return {
      id,
      client,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      current: id === currentId,
    };
  }
}
