import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
} from 'class-validator';

const Int = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
  );

const Num = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value !== '' ? Number(value) : value));

const FLAGS: Record<string, boolean> = { true: true, '1': true, false: false, '0': false };
const Flag = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => FLAGS[String(value)] ?? value);

/** The address of a MySQL or MariaDB database. */
export const MYSQL_URL = /^mysql:\/\/[^/]+\/[^/?]+/;

/** The settings as they stand in the environment, one property for each; `.env.example` says what they mean. */
export class Environment {
  @Int() @IsInt() @Min(0) @Max(65_535) readonly PORT: number = 3000;
  @IsString() @MinLength(1) readonly HOST: string = '127.0.0.1';
  @IsString() @MinLength(1) readonly DATA_DIR: string = './data';
  @IsOptional()
  @Matches(MYSQL_URL, { message: 'DATABASE_URL must look like mysql://user:pass@host:3306/db' })
  readonly DATABASE_URL?: string;
  @IsOptional() @Matches(/^rediss?:\/\//) readonly REDIS_URL?: string;
  @IsOptional() @Matches(/^s3:\/\//) readonly STORAGE_URL?: string;
  @IsOptional() @IsString() readonly AWS_ACCESS_KEY_ID?: string;
  @IsOptional() @IsString() readonly AWS_SECRET_ACCESS_KEY?: string;
  @IsOptional() @IsString() readonly DATABASE_REPLICA_URLS?: string;
  @IsOptional() @Matches(/^smtps?:\/\//) readonly SMTP_URL?: string;
  @IsOptional() @IsString() readonly MAIL_FROM?: string;
  @Int() @IsInt() @Min(1) @Max(3_650) readonly MAIL_RETENTION_DAYS: number = 30;
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  readonly PUBLIC_URL?: string;
  @IsOptional() @IsString() readonly ALLOWED_ORIGINS?: string;
  @IsIn(['off', 'required']) readonly EMAIL_CONFIRMATION: 'off' | 'required' = 'off';
  @IsOptional()
  @Matches(/^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, {
    message: 'SECURITY_CONTACT must look like mailto:security@example.org or https://example.org/report',
  })
  readonly SECURITY_CONTACT?: string;
  @IsOptional() @IsString() readonly JWT_SECRET?: string;
  @IsOptional() @IsString() readonly ADMIN_EMAIL?: string;
  @IsOptional() @IsString() @MinLength(8) readonly ADMIN_PASSWORD?: string;
  @IsOptional() @Flag() @IsBoolean() readonly DEMO?: boolean;
  @IsOptional() @IsString() readonly TRUST_PROXY?: string;
  @Num() @IsNumber() @Min(0.001) readonly RATE_LIMIT_SCALE: number = 1;
  @Int() @IsInt() @Min(0) readonly TICKET_MIN_IMAGES: number = 0;
  @Int() @IsInt() @Min(0) @Max(20) readonly TICKET_MAX_IMAGES: number = 3;
  @Int() @IsInt() @Min(1) readonly IMAGE_MAX_BYTES: number = 4_194_304;
  @Int() @IsInt() @Min(0) @Max(20) readonly TICKET_MAX_PDFS: number = 2;
  @Int() @IsInt() @Min(1) readonly PDF_MAX_BYTES: number = 5_242_880;
  @IsOptional() @IsString() readonly METRICS_TOKEN?: string;
  @IsOptional() @IsString() readonly CLAMD_URL?: string;
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) readonly LOG_LEVEL: string = 'info';
  @IsString() readonly NODE_ENV: string = 'development';
}
