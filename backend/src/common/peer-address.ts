import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { requestContext } from './request-context';

/** Whether a proxy at this address is believed about whom it speaks for. */
export type TrustsProxy = (address: string, hop: number) => boolean;

const LONGEST = 64;
const NETWORK_GROUPS = 4;
const MAPPED_V4 = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;

/** The nearest address that is not one of our proxies; what stands before it in the header anybody can write. */
export function peerAddress(request: IncomingMessage, trusts: TrustsProxy): string | undefined {
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const hops = [request.socket.remoteAddress ?? '', ...forwarded.map((hop) => hop.trim()).reverse()].filter(Boolean);
  const peer = hops.find((address, hop) => !trusts(address, hop)) ?? hops.at(-1);
  return peer?.slice(0, LONGEST);
}

/**
 * A peer as limits count it. Whoever has one IPv6 address has the 2^64 of the same network, so that network counts as
 * one; an IPv4 address is itself, also when it is written as an IPv6 one.
 */
export function networkOf(address: string): string {
  const [bare] = address.split('%');
  if (!isIPv6(bare)) return address;
  const canonical = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [, high, low] = MAPPED_V4.exec(canonical) ?? [];
  if (high !== undefined && low !== undefined) return dotted(parseInt(high, 16), parseInt(low, 16));
  return `${groupsOf(canonical).slice(0, NETWORK_GROUPS).join(':')}::/64`;
}

/** Of whoever sent the request or event that is being served; undefined in background work. */
export function peerNetwork(): string | undefined {
  const address = requestContext.getStore()?.address;
  return address && networkOf(address);
}

const dotted = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join('.');

function groupsOf(canonical: string): string[] {
  const [before = [], after = []] = canonical.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after];
}
