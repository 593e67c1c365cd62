import { expect } from 'chai';
import { clientAddressBehind } from './client-address.js';

const from = (remoteAddress: string, forwarded?: string, proxies: readonly string[] = ['10.0.0.0/8', 'fd00::/8']) =>
  clientAddressBehind(proxies)(new Request('https://sign.example/', forwarded === undefined ? {} : { headers: { 'X-Forwarded-For': forwarded } }), { incoming: { socket: { remoteAddress } } });

describe('the address of a caller', () => {
  it('is the one of the connection, whatever a stranger says about it', () => {
    expect(from('203.0.113.5')).to.equal('203.0.113.5');
    expect(from('::ffff:203.0.113.5')).to.equal('203.0.113.5');
    expect(from('203.0.113.5', '198.51.100.1')).to.equal('203.0.113.5');
    expect(from('10.0.0.1', '198.51.100.1', [])).to.equal('10.0.0.1');
  });

  it('is what the trusted proxies say, and no further back', () => {
    expect(from('10.0.0.1', '198.51.100.1')).to.equal('198.51.100.1');
    expect(from('fd00::1', '10.0.0.2, 198.51.100.1, 10.0.0.3')).to.equal('198.51.100.1');
    expect(from('10.0.0.1', '1.1.1.1, 198.51.100.1')).to.equal('198.51.100.1');
    expect(from('10.0.0.1', 'unknown')).to.equal('10.0.0.1');
    expect(from('10.0.0.1')).to.equal('10.0.0.1');
  });
});
