import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsObject, IsOptional, Max, Min, ValidateNested } from 'class-validator';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export const LANGUAGES = ['en', 'de'] as const;
const LONGEST_TAKE_BACK = 30;

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
  @ApiProperty({
    minimum: 0,
    maximum: LONGEST_TAKE_BACK,
    description: 'So many seconds a reply waits, to be taken back, when the customer is away.',
  })
  takeBackSeconds!: number;
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
  @ApiPropertyOptional({ minimum: 0, maximum: LONGEST_TAKE_BACK })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LONGEST_TAKE_BACK)
  readonly takeBackSeconds?: number;
}

export const defaultPreferences = (): Preferences => ({
  email: { messages: true, status: true, assignments: true },
  sound: true,
  theme: 'system',
  language: 'en',
  takeBackSeconds: 5,
});

/** What was stored before a member existed has its default. */
export const completePreferences = (stored: Preferences): Preferences => ({ ...defaultPreferences(), ...stored });

/** Merges deeply; members that the patch leaves out keep their value. */
export function mergePreferences(current: Preferences, patch: PreferencesPatch): Preferences {
  const given = <T extends object>(part: T): Partial<T> =>
    Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined && value !== null)) as Partial<T>;
  return { ...current, ...given(patch), email: { ...current.email, ...given(patch.email ?? {}) } };
}
