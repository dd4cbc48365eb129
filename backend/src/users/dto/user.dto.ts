import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsEmail, IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { ROLES, type Role } from '../../access';
import { IsText, Length, MaxLength, PageQuery, QueryFlag, Trim } from '../../common';
import type { User } from '../user.entity';

/** Quoted local parts may hold spaces and line breaks by the letter of the law, and end up in headers of mails. */
const NO_SPACES = /^[^\s\p{Cc}]*$/u;

export const EmailField = (): PropertyDecorator => (target, key) => {
  ApiProperty({ format: 'email', maxLength: 254, example: 'cora@example.com' })(target, key);
  Trim()(target, key);
  IsEmail()(target, key);
  Matches(NO_SPACES, { message: '$property must be an address without spaces' })(target, key);
  MaxLength(254)(target, key);
};

/** A person as staff see them. */
export class UserDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'email' }) email!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ROLES }) role!: Role;
  @ApiProperty() active!: boolean;
  @ApiProperty({ description: 'True until an invitation is accepted; until then the person cannot sign in.' })
  invited!: boolean;
  @ApiProperty() online!: boolean;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;

  static from(user: User, online: boolean): UserDto {
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

export class UpdateUserDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 })
  @IsOptional()
  @Trim()
  @IsText({ visible: true })
  @Length(1, 100)
  readonly name?: string;
  @ApiPropertyOptional({ enum: ROLES }) @IsOptional() @IsIn(ROLES) readonly role?: Role;
  @ApiPropertyOptional() @IsOptional() @IsBoolean() readonly active?: boolean;
}

export class UserListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ROLES, isArray: true, description: 'One role, or several with commas.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsIn(ROLES, { each: true })
  readonly role?: Role[];
  @ApiPropertyOptional({ description: 'A part of the name or address.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  readonly q?: string;
  @ApiPropertyOptional() @QueryFlag() readonly active?: boolean;
}
