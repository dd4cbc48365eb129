import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

const MOST_CHANGED_KEYS = 100;
const LONGEST_KEY = 16;
const MOST_NAMES = 40;
/** Names that the client gives to its own parts: commands, sections of a page, hints. */
const PART_NAME = /^[a-z][a-z0-9.-]{0,39}$/;

export const AFTER_RESOLVE = ['stay', 'next'] as const;
const DETAILS_WIDTH = { minimum: 240, maximum: 640 } as const;

/** A command that answers to another key than by default. */
export class ChangedKey {
  @ApiProperty({ pattern: PART_NAME.source, example: 'ticket.claim' })
  @Matches(PART_NAME, { message: '$property must be the name of a command' })
  command!: string;
  @ApiProperty({ maxLength: LONGEST_KEY, example: 'g x', description: 'Empty: the command has no key.' })
  @IsString()
  @MaxLength(LONGEST_KEY)
  key!: string;
}

export class KeyPreferences {
  @ApiProperty({ description: 'Whether single letters do anything; combinations always do.' })
  @IsOptional()
  @IsBoolean()
  letters!: boolean;
  @ApiProperty({ type: [ChangedKey], maxItems: MOST_CHANGED_KEYS, description: 'A change replaces the whole list.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHANGED_KEYS)
  @ArrayUnique(({ command }: ChangedKey) => command, { message: '$property must name each command once' })
  @ValidateNested({ each: true })
  @Type(() => ChangedKey)
  changed!: ChangedKey[];
}

const Names = (description: string): PropertyDecorator => {
  return (target, key) => {
    ApiProperty({ type: [String], maxItems: MOST_NAMES, uniqueItems: true, description })(target, key);
    IsOptional()(target, key);
    IsArray()(target, key);
    ArrayMaxSize(MOST_NAMES)(target, key);
    ArrayUnique()(target, key);
    Matches(PART_NAME, { each: true, message: '$property must hold names of parts' })(target, key);
  };
};

/** How the desk of a person is arranged, on whatever device. */
export class WorkspacePreferences {
  @ApiProperty({ enum: AFTER_RESOLVE, description: 'Where staff go after they resolved a ticket.' })
  @IsOptional()
  @IsIn(AFTER_RESOLVE)
  afterResolve!: (typeof AFTER_RESOLVE)[number];
  @ApiProperty({ description: 'Whether the details stand beside the ticket, where there is room.' })
  @IsOptional()
  @IsBoolean()
  details!: boolean;
  @ApiProperty({ type: 'integer', ...DETAILS_WIDTH, description: 'In CSS pixels.' })
  @IsOptional()
  @IsInt()
  @Min(DETAILS_WIDTH.minimum)
  @Max(DETAILS_WIDTH.maximum)
  detailsWidth!: number;
  @Names('Sections of the details that are folded.')
  folded!: string[];
  @Names('Hints that were put away.')
  putAway!: string[];
}

/** A part of the preferences, each member of which may be left out of a change. */
export const PartField =
  (type: new () => object): PropertyDecorator =>
  (target, key) => {
    ApiPropertyOptional({ type, description: 'Each member is optional.' })(target, key);
    IsOptional()(target, key);
    IsObject()(target, key);
    ValidateNested()(target, key);
    Type(() => type)(target, key);
  };

export const defaultKeys = (): KeyPreferences => ({ letters: true, changed: [] });

export const defaultWorkspace = (): WorkspacePreferences => ({
  afterResolve: 'stay',
  details: true,
  detailsWidth: 300,
  folded: [],
  putAway: [],
});
