import fs from 'node:fs';
import { expect } from 'chai';
import semver from 'semver';

const floor = '20.19.0';
/** Runs in browsers only; its Node side is never loaded. */
const browserOnly = ['pdfjs-dist'];

describe('the lock file', () => {
  it(`holds nothing that refuses Node ${floor}`, () => {
    const lock = fs.readFileSync(new URL('../pnpm-lock.yaml', import.meta.url), 'utf8');
    const packages = [...lock.matchAll(/^ {2}'?(@?[^@\n']+)@([^:'\n(]+)'?:\n(?: {4}.*\n)*? {4}engines: \{([^}]*)\}/gmu)];
    expect(packages.length).to.be.greaterThan(200);
    const refusing = packages
      .map(([, name, version, engines]) => ({ name, version, node: /node: '?([^',]+(?: [^',]+)*)'?/u.exec(engines)?.[1] }))
      .filter(({ name, node }) => node && !browserOnly.includes(name) && !semver.satisfies(floor, node));
    expect(refusing).to.deep.equal([]);
  });
});
