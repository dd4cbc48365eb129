import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CHECK_STATES, type CheckState } from './self-check';
import type { NamedFinding } from './look';

/** What came of a mail that was sent to try the mail server. */
export class MailTrialDto {
  @ApiProperty() sent!: boolean;
  @ApiProperty({ description: 'What the mail server answered, or why it could not be asked.', example: '250 OK' })
  answer!: string;
}

/** One part of the installation, as the self-test found it. */
export class FindingDto {
  @ApiProperty({ example: 'Database' }) name!: string;
  @ApiProperty({ enum: CHECK_STATES }) state!: CheckState;
  @ApiProperty({ description: 'How it is, in a sentence.' }) found!: string;
  @ApiPropertyOptional({ description: 'What to do, in a sentence; for everything that is not `ok`.' }) advice?: string;

  static from({ name, state, found, advice }: NamedFinding): FindingDto {
    return { name, state, found, advice };
  }
}
