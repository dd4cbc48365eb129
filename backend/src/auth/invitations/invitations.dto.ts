import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsObject } from 'class-validator';
import { InviteUserDto, UserDto } from '../../users';

/** So many people one request invites at most. */
export const MOST_INVITATIONS = 100;

export class InvitePeopleDto {
  /** Each is looked at by itself, so that what is wrong with one keeps nobody else from being invited. */
  @ApiProperty({ type: [InviteUserDto], minItems: 1, maxItems: MOST_INVITATIONS })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_INVITATIONS)
  @IsObject({ each: true })
  readonly people!: Record<string, unknown>[];
}

export class InvitationErrorDto {
  @ApiProperty({ description: '`validation-failed`, `email-taken`', example: 'email-taken' }) code!: string;
  @ApiProperty({ description: 'What to do, in a sentence.' }) detail!: string;
}

export class InvitationResultDto {
  @ApiProperty({ type: UserDto, nullable: true, description: 'Who was invited.' }) user!: UserDto | null;
  @ApiProperty({ type: InvitationErrorDto, nullable: true, description: 'Why nobody was invited.' })
  error!: InvitationErrorDto | null;
}

export class InvitationResultsDto {
  @ApiProperty({ type: [InvitationResultDto], description: 'One for each of `people`, in their order.' })
  results!: InvitationResultDto[];
}
