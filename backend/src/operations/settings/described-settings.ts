import type { Settings } from '../../config';

/** One setting of the environment, for people who look after the desk. */
export interface DescribedSetting {
  /** Of the environment variable. */
  readonly name: string;
  readonly group: string;
  /** What it does, in a sentence. */
  readonly meaning: string;
  /** As it is in force; of a secret only whether there is one. */
  readonly value: (settings: Settings) => string;
}

const KB = 1_024;
const isSet = (value: unknown): string => (value === undefined ? 'not set' : 'set');
const size = (bytes: number): string =>
  bytes % (KB * KB) === 0 ? `${bytes / KB / KB} MB` : `${Math.round(bytes / KB)} KB`;

/** The address without name and password. */
function place(url: string | undefined, otherwise: string): string {
  if (url === undefined) return otherwise;
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

/** All settings of the contract, in the order they are shown. */
export const DESCRIBED_SETTINGS: readonly DescribedSetting[] = [
  {
    name: 'PUBLIC_URL',
    group: 'Addresses',
    meaning: 'The address people use; all links in mails begin with it.',
    value: ({ publicUrl }) => publicUrl,
  },
  {
    name: 'ALLOWED_ORIGINS',
    group: 'Addresses',
    meaning: 'Pages of these origins may sign people in and open sockets.',
    value: ({ allowedOrigins }) => allowedOrigins.join(', '),
  },
  {
    name: 'TRUST_PROXY',
    group: 'Addresses',
    meaning: 'Peers whose X-Forwarded headers tell where a request came from.',
    value: ({ trustProxy }) => trustProxy ?? 'none',
  },
  {
    name: 'DATABASE_URL',
    group: 'Data',
    meaning: 'Where tickets and people are stored.',
    value: ({ databaseUrl }) => place(databaseUrl, 'embedded database in the data folder'),
  },
  {
    name: 'DATABASE_REPLICA_URLS',
    group: 'Data',
    meaning: 'Copies of the database that lists and searches are read from.',
    value: ({ replicaUrls }) => replicaUrls.map((url) => place(url, '')).join(', ') || 'none',
  },
  {
    name: 'REDIS_URL',
    group: 'Data',
    meaning: 'What several nodes tell each other goes through it.',
    value: ({ redisUrl }) => place(redisUrl, 'one node'),
  },
  {
    name: 'STORAGE_URL',
    group: 'Data',
    meaning: 'Where attached files are kept.',
    value: ({ storage }) => (storage ? `bucket ${storage.bucket}` : 'data folder'),
  },
  {
    name: 'SMTP_URL',
    group: 'Mail',
    meaning: 'The server that sends mails; without it they are kept and can be read under Mails.',
    value: ({ smtpUrl }) => place(smtpUrl, 'mails are kept, not sent'),
  },
  { name: 'MAIL_FROM', group: 'Mail', meaning: 'The sender of all mails.', value: ({ mailFrom }) => mailFrom },
  {
    name: 'MAIL_RETENTION_DAYS',
    group: 'Mail',
    meaning: 'Days until a mail that was sent is removed; one that was not stays for 90 at least.',
    value: ({ mailRetentionDays }) => String(mailRetentionDays),
  },
  {
    name: 'EMAIL_CONFIRMATION',
    group: 'Accounts',
    meaning: 'With "required" no mail repeats what users wrote before the address was confirmed.',
    value: ({ confirmsEmail }) => (confirmsEmail ? 'required' : 'off'),
  },
  {
    name: 'JWT_SECRET',
    group: 'Accounts',
    meaning: 'Signs sign-ins and links to files; a new one signs everybody out.',
    value: () => 'set',
  },
  {
    name: 'ADMIN_EMAIL',
    group: 'Accounts',
    meaning: 'Made the first administrator where there was none.',
    value: ({ admin }) => admin?.email ?? 'not set',
  },
  {
    name: 'TICKET_MIN_IMAGES',
    group: 'Files',
    meaning: 'Pictures a customer has to add to a new ticket, at least.',
    value: ({ files }) => String(files.minImages),
  },
  {
    name: 'TICKET_MAX_IMAGES',
    group: 'Files',
    meaning: 'Pictures of a new ticket, at most.',
    value: ({ files }) => String(files.maxImages),
  },
  {
    name: 'IMAGE_MAX_BYTES',
    group: 'Files',
    meaning: 'The size of a picture, at most.',
    value: ({ files }) => size(files.imageMaxBytes),
  },
  {
    name: 'TICKET_MAX_PDFS',
    group: 'Files',
    meaning: 'PDF documents of a new ticket, at most.',
    value: ({ files }) => String(files.maxPdfs),
  },
  {
    name: 'PDF_MAX_BYTES',
    group: 'Files',
    meaning: 'The size of a PDF document, at most.',
    value: ({ files }) => size(files.pdfMaxBytes),
  },
  {
    name: 'CLAMD_URL',
    group: 'Files',
    meaning: 'The scanner that looks for viruses in uploads.',
    value: ({ clamd }) => isSet(clamd),
  },
  {
    name: 'RATE_LIMIT_SCALE',
    group: 'Limits',
    meaning: 'Multiplies every limit on how often something may be done.',
    value: ({ rateLimitScale }) => String(rateLimitScale),
  },
  {
    name: 'METRICS_TOKEN',
    group: 'Operation',
    meaning: 'Lets metrics be read from other machines than that of the server.',
    value: ({ metricsToken }) => isSet(metricsToken),
  },
  {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    group: 'Operation',
    meaning: 'The collector that traces of requests are sent to.',
    value: ({ tracesTo }) => place(tracesTo, 'nothing is traced'),
  },
  {
    name: 'LOG_LEVEL',
    group: 'Operation',
    meaning: 'How much the log of the server tells.',
    value: ({ logLevel }) => logLevel,
  },
];
