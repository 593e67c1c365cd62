import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { lookup } from 'node:dns';
import { expect } from 'chai';
import { createEgress } from './egress.js';

/** A name server that answers each question with the next of these addresses, the last one for ever. */
function answering(...addresses: readonly string[]): { resolve: typeof lookup; asked: () => number } {
  let asked = 0;
  const resolve = ((_host: string, _options: unknown, callback: (error: null, found: unknown) => void) => {
    const address = addresses[Math.min(asked, addresses.length - 1)] ?? '';
    asked += 1;
    callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  }) as unknown as typeof lookup;
  return { resolve, asked: () => asked };
}

describe('calls to addresses that others chose', () => {
  let server: Server;
  let port: number;
  let calls = 0;
  before(async () => {
    server = createServer((request, response) => {
      calls += 1;
      if (request.url === '/away') response.writeHead(302, { Location: '/inside' }).end();
      else response.end('inside');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  after(() => {
    server.close();
  });
  beforeEach(() => {
    calls = 0;
  });
  const reaches = async (url: string, options: Parameters<typeof createEgress>[0] = {}): Promise<string> => {
    try {
      return await (await createEgress(options)(url)).text();
    } catch {
      return 'refused';
    }
  };

  it('never reach this machine or its networks, however the address is written', async () => {
    const here = String(port);
    const hosts = ['127.0.0.1', '127.1', '0x7f000001', '2130706433', '0.0.0.0', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '10.0.0.1', '100.64.0.1', '169.254.169.254', '192.168.1.1', '[fe80::1]', '[fd00::1]'];
    for (const host of hosts) expect(await reaches(`http://${host}:${here}/`), host).to.equal('refused');
    expect(calls).to.equal(0);
  });

  it('never reach them through a name, also one that changes its answer', async () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '169.254.169.254']) {
      expect(await reaches(`http://ca.example:${String(port)}/`, answering(address)), address).to.equal('refused');
    }
    const rebinding = answering('127.0.0.1', '93.184.215.14');
    expect(await reaches(`http://ca.example:${String(port)}/`, rebinding)).to.equal('refused');
    expect(rebinding.asked()).to.equal(1);
    expect(calls).to.equal(0);
  });

  it('reach a network that is allowed, and an address that the operator configured', async () => {
    const url = `http://127.0.0.1:${String(port)}/`;
    expect(await reaches(url, { allow: ['127.0.0.0/8'] })).to.equal('inside');
    expect(await reaches(`http://ca.example:${String(port)}/`, { allow: ['127.0.0.0/8'], ...answering('127.0.0.1') })).to.equal('inside');
    expect(await reaches(url, { own: [`${url}tsa`] })).to.equal('inside');
    expect(await reaches(url, { own: ['http://127.0.0.1:1/'] })).to.equal('refused');
  });

  it('follow no redirect', async () => {
    expect(await reaches(`http://127.0.0.1:${String(port)}/away`, { allow: ['127.0.0.0/8'] })).to.equal('refused');
    expect(calls).to.equal(1);
  });
});
