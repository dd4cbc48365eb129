import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '../../access';

/** A person as others see them: never an e-mail address. */
export class UserRefDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'Ana Silva' }) name!: string;
  @ApiProperty({ enum: ROLES }) role!: Role;
  @ApiProperty() online!: boolean;
}
