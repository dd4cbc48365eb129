import { ApiProperty } from '@nestjs/swagger';

/** Where a mail can be looked at as HTML. */
export class MailPreviewLinkDto {
  @ApiProperty({
    description: 'Opens for ten minutes, without a token, for as long as the sign-in lasts and the caller is an admin.',
    example: '/api/mails/0198c0de-0000-7000-8000-000000000005/preview?expires=1772450000&signIn=…&signature=…',
  })
  url!: string;
}
