export type { ClamdAddress } from './clamd-url';
export * from './config.module';
export * from './settings';
export { SettingsError } from './settings-error';
export type { S3Location } from './storage-url';
