import { ApiProperty } from '@nestjs/swagger';
import { COUNT_SCHEMA, type Count } from '../dto/ticket.dto';

export class CategoryUsesDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ ...COUNT_SCHEMA, description: 'How many tickets have it, deleted ones included.' }) uses!: Count;
}
