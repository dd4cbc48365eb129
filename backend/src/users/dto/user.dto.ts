import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, isEmail, IsIn, IsOptional, IsString, IsUUID, Matches, ValidateBy } from 'class-validator';
import { ROLES, type Role } from '../../access';
import { isStorableText, IsText, Length, MaxLength, PageQuery, QueryFlag, Trim } from '../../common';
import type { TimesOfAccount } from '../account-times';
import type { User } from '../user.entity';

/** Quoted local parts may hold spaces and line breaks by the letter of the law, and end up in headers of mails. */
const NO_SPACES = /^[^\s\p{Cc}]*$/u;

/** class-validator's `isEmail` fails instead of refusing when it is asked about half a surrogate pair. */
const IsAddress = (): PropertyDecorator =>
  ValidateBy({
    name: 'isEmail',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isStorableText(value) && isEmail(value),
      defaultMessage: () => '$property must be an email',
    },
  });

export const EmailField = (): PropertyDecorator => (target, key) => {
  ApiProperty({ format: 'idn-email', maxLength: 254, example: 'cora@example.com' })(target, key);
  Trim()(target, key);
  IsAddress()(target, key);
  Matches(NO_SPACES, { message: '$property must be an address without spaces' })(target, key);
  MaxLength(254)(target, key);
};

/** What is known of a person besides what stands in their row. */
interface Circumstances {
  online: boolean;
  isLastAdmin: boolean;
  times?: TimesOfAccount;
}

/** A person as staff see them. */
export class UserDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'idn-email' }) email!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ROLES }) role!: Role;
  @ApiProperty() active!: boolean;
  @ApiProperty({ description: 'True until an invitation is accepted; until then the person cannot sign in.' })
  invited!: boolean;
  @ApiProperty() online!: boolean;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'While an invitation is open: when its link was mailed last.',
  })
  invitedAt!: string | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When a sign-in of theirs was used last, to some minutes; null for whoever never signed in.',
  })
  lastSeenAt!: string | null;

  @ApiProperty({
    description: 'The only active admin who can sign in: cannot be switched off, deleted, or given another role.',
  })
  lastAdmin!: boolean;

  static from(user: User, { online, isLastAdmin, times }: Circumstances): UserDto {
    const { id, email, name, role, active, passwordHash, createdAt } = user;
    return {
      id,
      email,
      name,
      role,
      active,
      invited: passwordHash === null,
      online,
      createdAt: createdAt.toISOString(),
      invitedAt: (passwordHash === null && times?.invitedAt?.toISOString()) || null,
      lastSeenAt: times?.lastSeenAt?.toISOString() ?? null,
      lastAdmin: isLastAdmin,
    };
  }
}

export class InviteUserDto {
  @EmailField() readonly email!: string;
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @Trim()
  @IsText({ visible: true })
  @Length(1, 100)
  readonly name!: string;
  @ApiProperty({ enum: ROLES }) @IsIn(ROLES) readonly role!: Role;
}

/** What becomes of the tickets of somebody who leaves. */
const Successor = (): PropertyDecorator => (target, key) => {
  ApiPropertyOptional({
    format: 'uuid',
    description:
      'With staff who leave: the active agent or admin who gets their tickets that are not closed. Without it they go into the queue.',
  })(target, key);
  IsOptional()(target, key);
  IsUUID()(target, key);
};

export class UpdateUserDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 })
  @IsOptional()
  @Trim()
  @IsText({ visible: true })
  @Length(1, 100)
  readonly name?: string;
  @ApiPropertyOptional({ enum: ROLES }) @IsOptional() @IsIn(ROLES) readonly role?: Role;
  @ApiPropertyOptional() @IsOptional() @IsBoolean() readonly active?: boolean;
  @Successor() readonly reassignTo?: string;
}

export class RemoveUserQuery {
  @Successor() readonly reassignTo?: string;
}

/** Which people. */
export class UserFilterQuery {
  @ApiPropertyOptional({ enum: ROLES, isArray: true, description: 'One role, or several with commas.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsIn(ROLES, { each: true })
  readonly role?: Role[];
  @ApiPropertyOptional({ description: 'A part of the name or address, or a whole id.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  readonly q?: string;
  @ApiPropertyOptional() @QueryFlag() readonly active?: boolean;
  @ApiPropertyOptional({ description: 'Those who have not accepted their invitation, or all others.' })
  @QueryFlag()
  readonly invited?: boolean;
}

export class UserListQuery extends IntersectionType(UserFilterQuery, PageQuery) {}
