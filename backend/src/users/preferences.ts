import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsOptional, ValidateNested } from 'class-validator';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export const LANGUAGES = ['en', 'de'] as const;

export class EmailPreferences {
  @ApiProperty() @IsOptional() @IsBoolean() messages!: boolean;
  @ApiProperty() @IsOptional() @IsBoolean() status!: boolean;
  @ApiProperty() @IsOptional() @IsBoolean() assignments!: boolean;
}

/** How a person wants the product to behave. */
export class Preferences {
  @ApiProperty({ type: EmailPreferences }) email!: EmailPreferences;
  @ApiProperty() sound!: boolean;
  @ApiProperty({ enum: THEMES }) theme!: (typeof THEMES)[number];
  @ApiProperty({ enum: LANGUAGES }) language!: (typeof LANGUAGES)[number];
}

/** A change of preferences: what is left out stays as it is. */
export class PreferencesPatch {
  @ApiPropertyOptional({ type: EmailPreferences, description: 'Each member is optional.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => EmailPreferences)
  readonly email?: Partial<EmailPreferences>;
  @ApiPropertyOptional() @IsOptional() @IsBoolean() readonly sound?: boolean;
  @ApiPropertyOptional({ enum: THEMES }) @IsOptional() @IsIn(THEMES) readonly theme?: Preferences['theme'];
  @ApiPropertyOptional({ enum: LANGUAGES }) @IsOptional() @IsIn(LANGUAGES) readonly language?: Preferences['language'];
}

export const defaultPreferences = (): Preferences => ({
  email: { messages: true, status: true, assignments: true },
  sound: true,
  theme: 'system',
  language: 'en',
});

/** Merges deeply; members that the patch leaves out keep their value. */
export function mergePreferences(current: Preferences, patch: PreferencesPatch): Preferences {
  const given = <T extends object>(part: T): Partial<T> =>
    Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined && value !== null)) as Partial<T>;
  return { ...current, ...given(patch), email: { ...current.email, ...given(patch.email ?? {}) } };
}
