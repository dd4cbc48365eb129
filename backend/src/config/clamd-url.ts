import type { Environment } from './environment';
import { SettingsError } from './settings-error';

/** Where the virus scanner listens: on a port, or at a path of this machine. */
export type ClamdAddress = { readonly host: string; readonly port: number } | { readonly path: string };

const DEFAULT_PORT = 3_310;

/** Takes `clamd://host:3310`, `tcp://…`, `unix:///path`, and a plain path. */
export function clamdAddressOf({ CLAMD_URL: url }: Environment): ClamdAddress | undefined {
  if (!url) return undefined;
  const path = /^(?:(?:unix|clamd):\/\/|unix:)?(\/(?!\/)[^?#]*)$/.exec(url)?.[1];
  if (path) return { path };
  const [, host, port] = /^(?:clamd|tcp):\/\/(\[[0-9a-f:.]+\]|[^/:?#@]+)(?::(\d{1,5}))?\/?$/i.exec(url) ?? [];
  if (!host || Number(port ?? DEFAULT_PORT) > 65_535)
    throw new SettingsError('CLAMD_URL must look like clamd://host:3310 or unix:///run/clamav/clamd.ctl.');
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? DEFAULT_PORT) };
}
