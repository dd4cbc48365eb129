import type { IncomingMessage } from 'node:http';
import { networkOf, peerAddress, peerNetwork } from './peer-address';
import { requestContext } from './request-context';

describe('the network of a peer', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:207', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1::', '2001:db8:1:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
    ['unknown', 'unknown'],
    ['', ''],
    ['2001:db8', '2001:db8'],
    ["'; --", "'; --"],
  ])('of %j is %j', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('tells neighbouring networks apart', () => {
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
  });

  it('of the request being served is known to whoever counts, and unknown in background work', () => {
    requestContext.run({ address: '2001:db8::5' }, () => expect(peerNetwork()).toBe('2001:db8:0:0::/64'));
    expect(peerNetwork()).toBeUndefined();
  });
});

describe('the address of a peer', () => {
  const from = (remoteAddress: string | undefined, forwarded?: string) =>
    ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;
  const trusts =
    (...proxies: string[]) =>
    (address: string) =>
      proxies.includes(address);

  it.each([
    ['nobody is trusted', from('192.0.2.1', '198.51.100.9'), trusts(), '192.0.2.1'],
    ['the peer is a proxy', from('10.0.0.1', '198.51.100.9'), trusts('10.0.0.1'), '198.51.100.9'],
    ['the first entry is made up', from('10.0.0.1', '1.1.1.1, 198.51.100.9'), trusts('10.0.0.1'), '198.51.100.9'],
    ['two proxies stand in a row', from('10.0.0.1', '5.5.5.5, 10.0.0.2'), trusts('10.0.0.1', '10.0.0.2'), '5.5.5.5'],
    ['all are proxies', from('10.0.0.1', '10.0.0.2'), trusts('10.0.0.1', '10.0.0.2'), '10.0.0.2'],
    ['a proxy says nothing', from('10.0.0.1'), trusts('10.0.0.1'), '10.0.0.1'],
    ['a proxy says only commas', from('10.0.0.1', ', ,'), trusts('10.0.0.1'), '10.0.0.1'],
    ['the connection is gone', from(undefined), trusts(), undefined],
  ])('where %s', (_what, request, trust, address) => {
    expect(peerAddress(request, trust)).toBe(address);
  });

  it('is never longer than its column', () => {
    expect(peerAddress(from('10.0.0.1', 'x'.repeat(3_000)), trusts('10.0.0.1'))).toHaveLength(64);
  });
});
