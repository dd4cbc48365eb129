import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { clamdAddressOf, type ClamdAddress } from './clamd-url';
import { Environment, MYSQL_URL } from './environment';
import { SettingsError } from './settings-error';
import { s3LocationOf, type S3Location } from './storage-url';

const SECRET_MIN_BYTES = 32;
const PLACEHOLDERS =
  /^(change[-_ ]?me|secret|password|example|your[-_ ]|default|placeholder|jwt[-_ ]?secret|x+$|0+$|(.)\2+$)/i;

/** The typed settings of this process, derived once from the environment. */
export class Settings {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** Copies of the MySQL database that lists and searches are read from. */
  readonly replicaUrls: readonly string[];
  /** Set where several nodes serve one installation. */
  readonly redisUrl: string | undefined;
  readonly publicUrl: string;
  /** Exact origins that may use cookie routes, CORS and sockets. */
  readonly allowedOrigins: readonly string[];
  /** An address as `security.txt` names it, with its scheme. */
  readonly securityContact: string | undefined;
  readonly jwtSecret: string;
  readonly production: boolean;
  readonly logLevel: string;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** So many days sent mails stay for admins to see. */
  readonly mailRetentionDays: number;
  readonly admin: { email: string; password: string } | undefined;
  /** Whether people are asked to show that their address is theirs before a mail repeats what users wrote. */
  readonly confirmsEmail: boolean;
  readonly demo: boolean;
  readonly trustProxy: string | undefined;
  readonly rateLimitScale: number;
  readonly files: {
    readonly minImages: number;
    readonly maxImages: number;
    readonly imageMaxBytes: number;
    readonly maxPdfs: number;
    readonly pdfMaxBytes: number;
  };
  /** Unset: files are kept in the data folder. */
  readonly storage: S3Location | undefined;
  /** Unset: files are not scanned for viruses. */
  readonly clamd: ClamdAddress | undefined;
  /** Lets metrics be read from other machines. */
  readonly metricsToken: string | undefined;
  /** Where traces are collected, over HTTP; unset: nothing is traced. */
  readonly tracesTo: string | undefined;
  /** Names of the settings that the environment holds; the others are defaults. */
  readonly given: ReadonlySet<string>;

  constructor(env: Environment, given: readonly string[] = []) {
    this.given = new Set(given);
    this.production = env.NODE_ENV === 'production';
    this.port = env.PORT;
    this.host = env.HOST;
    this.dataDir = resolve(env.DATA_DIR);
    this.databaseUrl = env.DATABASE_URL;
    this.replicaUrls = replicaUrls(env);
    this.redisUrl = env.REDIS_URL;
    this.publicUrl = (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, '');
    this.allowedOrigins = allowedOrigins(env, this.publicUrl);
    this.securityContact = env.SECURITY_CONTACT;
    this.logLevel = env.LOG_LEVEL;
    this.smtpUrl = env.SMTP_URL;
    this.mailFrom = env.MAIL_FROM ?? `Parley <no-reply@${new URL(this.publicUrl).hostname}>`;
    this.mailRetentionDays = env.MAIL_RETENTION_DAYS;
    this.admin = adminOf(env);
    this.confirmsEmail = env.EMAIL_CONFIRMATION === 'required';
    this.demo = env.DEMO ?? (!this.databaseUrl && !this.production);
    this.trustProxy = env.TRUST_PROXY;
    this.rateLimitScale = env.RATE_LIMIT_SCALE;
    this.files = {
      minImages: env.TICKET_MIN_IMAGES,
      maxImages: env.TICKET_MAX_IMAGES,
      imageMaxBytes: env.IMAGE_MAX_BYTES,
      maxPdfs: env.TICKET_MAX_PDFS,
      pdfMaxBytes: env.PDF_MAX_BYTES,
    };
    this.metricsToken = env.METRICS_TOKEN;
    this.tracesTo = env.OTEL_EXPORTER_OTLP_ENDPOINT;
    if (this.files.minImages > this.files.maxImages)
      throw new SettingsError('TICKET_MIN_IMAGES must not be larger than TICKET_MAX_IMAGES.');
    this.storage = s3LocationOf(env);
    this.clamd = clamdAddressOf(env);
    makeDataDir(this.dataDir);
    this.jwtSecret = env.JWT_SECRET ? checkedSecret(env.JWT_SECRET, this.production) : this.generatedSecret();
  }

  private generatedSecret(): string {
    if (this.production)
      throw new SettingsError(
        `JWT_SECRET must be set in production: a random text of at least ${SECRET_MIN_BYTES} bytes.`,
      );
    const path = join(this.dataDir, 'jwt-secret');
    try {
      writeFileSync(path, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(this.dataDir, error);
    }
    return readFileSync(path, 'utf8');
  }
}

/** Validates the environment; throws one {@link SettingsError} that names every wrong setting. */
export function loadSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => value !== undefined && (value !== '' || name === 'NODE_ENV')),
  );
  const checked = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const errors = validateSync(checked, { whitelist: true });
  if (errors.length) {
    const sentences = errors.flatMap((error) => Object.values(error.constraints ?? {}));
    throw new SettingsError(`Wrong setting: ${sentences.join('; ')}.`);
  }
  return new Settings(checked, Object.keys(given));
}

function allowedOrigins(env: Environment, publicUrl: string): string[] {
  if (env.ALLOWED_ORIGINS) return env.ALLOWED_ORIGINS.split(',').map(originOf);
  const origins = [new URL(publicUrl).origin];
  if (env.NODE_ENV !== 'production')
    origins.push(...['localhost', '127.0.0.1', '[::1]'].map((host) => new URL(`http://${host}:${env.PORT}`).origin));
  return [...new Set(origins)];
}

function replicaUrls({ DATABASE_URL, DATABASE_REPLICA_URLS = '' }: Environment): string[] {
  const urls = DATABASE_REPLICA_URLS.split(',').map((url) => url.trim());
  const named = urls.filter(Boolean);
  if (named.length && !DATABASE_URL)
    throw new SettingsError('DATABASE_REPLICA_URLS needs DATABASE_URL: the embedded database has no replicas.');
  if (named.every((url) => MYSQL_URL.test(url) && URL.canParse(url))) return named;
  throw new SettingsError('DATABASE_REPLICA_URLS must be a list like mysql://user:pass@host:3306/db,mysql://…');
}

function originOf(text: string): string {
  if (!URL.canParse(text.trim()))
    throw new SettingsError(`ALLOWED_ORIGINS holds ${text.trim()}, which is not an origin.`);
  return new URL(text.trim()).origin;
}

function adminOf(env: Environment): { email: string; password: string } | undefined {
  if (!env.ADMIN_EMAIL && !env.ADMIN_PASSWORD) return undefined;
  if (env.ADMIN_EMAIL && env.ADMIN_PASSWORD) return { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD };
  throw new SettingsError('ADMIN_EMAIL and ADMIN_PASSWORD go together: set both or none.');
}

function checkedSecret(secret: string, production: boolean): string {
  if (!production) return secret;
  if (Buffer.byteLength(secret) < SECRET_MIN_BYTES || PLACEHOLDERS.test(secret))
    throw new SettingsError(
      `JWT_SECRET must be a random text of at least ${SECRET_MIN_BYTES} bytes, not a placeholder.`,
    );
  return secret;
}

function makeDataDir(path: string): void {
  const probe = join(path, `.write-test-${process.pid}`);
  try {
    makeFolder(path);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Node's own recursive form never returns where the system refuses new folders, below /proc for one. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

const unwritable = (path: string, cause: unknown): SettingsError =>
  new SettingsError(
    `The data folder ${path} cannot be written (${(cause as Error).message}). Set DATA_DIR to another one.`,
  );
