import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Attachment, AttachmentVariant } from '../attachment.entity';

export class AttachmentDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'error-message.png' }) filename!: string;
  @ApiProperty({ enum: ['image/png', 'image/jpeg', 'application/pdf'] }) mediaType!: string;
  @ApiProperty({ description: 'Bytes as stored; pictures are stored without metadata.', example: 48_213 })
  size!: number;
  @ApiPropertyOptional({ description: 'Pictures only, in pixels.', example: 1280 }) width?: number;
  @ApiPropertyOptional({ description: 'Pictures only, in pixels.', example: 720 }) height?: number;
  @ApiProperty({ description: 'Signed for the caller and valid for ten minutes.', format: 'uri-reference' })
  url!: string;
  @ApiPropertyOptional({ description: 'Pictures only.', format: 'uri-reference' }) thumbnailUrl?: string;

  static from(attachment: Attachment, urlOf: (variant: AttachmentVariant) => string): AttachmentDto {
    const { id, filename, mediaType, size, width, height, thumbnailKey } = attachment;
    return {
      id,
      filename,
      mediaType,
      size,
      ...(width !== null && height !== null && { width, height }),
      url: urlOf('file'),
      ...(thumbnailKey !== null && { thumbnailUrl: urlOf('thumbnail') }),
    };
  }
}
