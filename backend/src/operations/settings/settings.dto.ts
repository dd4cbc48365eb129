import { ApiProperty } from '@nestjs/swagger';
import type { Settings } from '../../config';
import type { DescribedSetting } from './described-settings';

/** One setting of the environment, as it is in force. It is changed there, and the server started again. */
export class SettingDto {
  @ApiProperty({ example: 'IMAGE_MAX_BYTES' }) name!: string;
  @ApiProperty({ example: 'Files' }) group!: string;
  @ApiProperty({ description: 'What it does, in a sentence.' }) meaning!: string;
  @ApiProperty({ description: 'In words; of a secret only whether there is one.', example: '4 MB' }) value!: string;
  @ApiProperty({ description: 'Whether the environment sets it; else it is the default.' }) isGiven!: boolean;

  static from({ name, group, meaning, value }: DescribedSetting, settings: Settings): SettingDto {
    return { name, group, meaning, value: value(settings), isGiven: settings.given.has(name) };
  }
}

/** The sample people and tickets that are still there. */
export class DemoDataDto {
  @ApiProperty() people!: number;
  @ApiProperty() tickets!: number;
}

/** What went with the sample data, and what had to stay. */
export class DemoRemovedDto extends DemoDataDto {
  @ApiProperty({
    type: [String],
    description: 'Names of those who took part in real tickets: switched off, but what they did stays.',
  })
  kept!: string[];
}
