import type { Environment } from './environment';
import { SettingsError } from './settings-error';

/** A bucket of an S3-compatible store, and who we are there. */
export interface S3Location {
  readonly bucket: string;
  /** Unset for Amazon's own; others are asked with the bucket in the path. */
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const DEFAULT_REGION = 'us-east-1';
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const OPTIONS = ['endpoint', 'region'];
const FORM = 'STORAGE_URL must look like s3://bucket?endpoint=https://host&region=name';

/** Where files are kept when not in the data folder. The keys are named in no message. */
export function s3LocationOf(env: Environment): S3Location | undefined {
  if (!env.STORAGE_URL) return undefined;
  if (!URL.canParse(env.STORAGE_URL)) throw new SettingsError(`${FORM}.`);
  const { hostname, pathname, searchParams, username, port } = new URL(env.STORAGE_URL);
  const unknown = [...searchParams.keys()].filter((name) => !OPTIONS.includes(name));
  if (username || port || !['', '/'].includes(pathname) || unknown.length || !BUCKET.test(hostname))
    throw new SettingsError(`${FORM}; the keys go into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`);
  const endpoint = searchParams.get('endpoint') ?? undefined;
  if (endpoint && !/^https?:\/\/[^/]+/.test(endpoint)) throw new SettingsError(`${FORM}; the endpoint is no address.`);
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey)
    throw new SettingsError('STORAGE_URL needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY beside it.');
  const region = searchParams.get('region') ?? DEFAULT_REGION;
  return { bucket: hostname, endpoint, region, accessKeyId, secretAccessKey };
}
