import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readConfig, settingNames } from './config.js';

const guide = readFileSync(new URL('../../../../docs/deploy.md', import.meta.url), 'utf8');

describe('the settings', () => {
  it('stand in one table of docs/deploy.md, each once, and no other', () => {
    const [, table = ''] = /\n## Settings\n([\s\S]*?)\n## /u.exec(guide) ?? [];
    const named = [...table.matchAll(/^\| ([^|]+) \|/gmu)].flatMap(([, cell = '']) => [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/gu)].map(([, name]) => name));
    expect(named.sort()).to.deep.equal([...settingNames].sort());
  });

  it('refuse an address without TLS in production, except for this machine itself', () => {
    const files = { OPERATOR_P12: 'a', TRUST_ANCHORS: 'b', TSA_URL: 'https://tsa.example', SMTP_URL: 'smtps://mail.example', MAIL_FROM: 'a@b.example', MASTER_KEY: Buffer.alloc(32).toString('base64') };
    const read = (url: string, mode = 'production'): string => {
      try {
        return readConfig({ NODE_ENV: mode, PUBLIC_URL: url, ...files }).publicOrigins.join(' ');
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(read('https://sign.example')).to.equal('https://sign.example');
    expect(read('http://localhost:8787')).to.equal('http://localhost:8787');
    for (const url of ['http://sign.example', 'https://sign.example,http://10.0.0.1', 'http://localhost.example', 'http://127.0.0.1.example']) expect(read(url), url).to.include('is not https');
    expect(read('ftp://sign.example')).to.include('is not https');
    expect(read('http://sign.example', 'development')).to.equal('http://sign.example');
  });
});
