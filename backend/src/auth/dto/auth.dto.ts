import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { ROLES, type Role } from '../../access';
import { IsText, Length, MaxLength, Trim } from '../../common';
import { completePreferences, EmailField, LANGUAGES, type Preferences, type User } from '../../users';
import { PASSWORD_MAX, PASSWORD_MIN } from '../passwords';

const NewPassword = (): PropertyDecorator => (target, key) => {
  ApiProperty({
    minLength: PASSWORD_MIN,
    maxLength: PASSWORD_MAX,
    description:
      'Any characters; refused are passwords that are guessed first, the own address and the product’s name.',
  })(target, key);
  IsString()(target, key);
  IsText({ visible: true })(target, key);
  Length(PASSWORD_MIN, PASSWORD_MAX)(target, key);
};

export const KnownPassword = (): PropertyDecorator => (target, key) => {
  ApiProperty()(target, key);
  IsString()(target, key);
  MaxLength(1_000)(target, key);
};

const OptionalName = (): PropertyDecorator => (target, key) => {
  ApiPropertyOptional({ minLength: 1, maxLength: 100 })(target, key);
  IsOptional()(target, key);
  Trim()(target, key);
  IsText({ visible: true })(target, key);
  Length(1, 100)(target, key);
};

const OwnLanguage = (): PropertyDecorator => (target, key) => {
  ApiPropertyOptional({ enum: LANGUAGES, description: 'That of the page and of mails, until it is changed.' })(
    target,
    key,
  );
  IsOptional()(target, key);
  IsIn(LANGUAGES)(target, key);
};

const MailedToken = (): PropertyDecorator => (target, key) => {
  ApiProperty({ description: 'From the link in the mail.' })(target, key);
  IsString()(target, key);
  MaxLength(200)(target, key);
};

export class RegisterDto {
  @EmailField() readonly email!: string;
  @NewPassword() readonly password!: string;
  @OptionalName() readonly name?: string;
  @OwnLanguage() readonly language?: Preferences['language'];
}

export class LoginDto {
  @EmailField() readonly email!: string;
  @KnownPassword() readonly password!: string;
}

export class ForgotPasswordDto {
  @EmailField() readonly email!: string;
}

export class ResetPasswordDto {
  @MailedToken() readonly token!: string;
  @NewPassword() readonly password!: string;
}

export class AcceptInvitationDto {
  @MailedToken() readonly token!: string;
  @NewPassword() readonly password!: string;
  @OptionalName() readonly name?: string;
  @OwnLanguage() readonly language?: Preferences['language'];
}

export class ConfirmEmailDto {
  @MailedToken() readonly token!: string;
}

export class ChangePasswordDto {
  @KnownPassword() readonly currentPassword!: string;
  @NewPassword() readonly newPassword!: string;
}

/** The signed-in person, as they see themselves. */
export class AccountDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'idn-email' }) email!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ROLES }) role!: Role;
  @ApiProperty({ enum: LANGUAGES, description: 'As in the preferences: what the page is to be drawn in at once.' })
  language!: Preferences['language'];

  static from({ id, email, name, role, preferences }: User): AccountDto {
    return { id, email, name, role, language: completePreferences(preferences).language };
  }
}

export class SignedInDto {
  @ApiProperty({ description: 'To be kept in memory only.' }) accessToken!: string;
  @ApiProperty({ enum: ['Bearer'] }) tokenType!: 'Bearer';
  @ApiProperty({ description: 'Seconds.', example: 900 }) expiresIn!: number;
  @ApiProperty({ type: AccountDto }) user!: AccountDto;
}
