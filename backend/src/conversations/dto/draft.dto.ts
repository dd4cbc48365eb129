import { ApiProperty } from '@nestjs/swagger';
import { AttachmentDto } from '../../attachments';
import { MESSAGE_KINDS, type MessageKind } from '../message.entity';

/** What the caller has begun to write. */
export class DraftDto {
  @ApiProperty({ example: 1042 }) ticketId!: number;
  @ApiProperty({ enum: MESSAGE_KINDS }) kind!: MessageKind;
  @ApiProperty({ description: 'As typed; may be empty beside files.' }) body!: string;
  @ApiProperty({ type: [AttachmentDto], description: 'Those that are still staged.' }) attachments!: AttachmentDto[];
  @ApiProperty({ format: 'uuid', description: 'The `clientMsgId` that the message is to be sent with.' })
  clientMsgId!: string;
  @ApiProperty({ description: "The head of the caller's timeline when the draft was begun." }) baseSeq!: number;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
}
