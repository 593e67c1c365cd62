import { expect } from 'chai';
import { tabMemory } from './session-memory.js';

describe('tabMemory', () => {
  const had = Object.getOwnPropertyDescriptor(globalThis, 'sessionStorage');
  afterEach(() => {
    if (had) Object.defineProperty(globalThis, 'sessionStorage', had);
    else Reflect.deleteProperty(globalThis, 'sessionStorage');
  });
  const session = { keyId: 'new', sessionId: 's', link: 'l' };

  it('remembers within the page where the storage is full, and forgets what was there before', () => {
    const items = new Map<string, string>();
    const storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => {
        if (value.includes('"new"')) throw new DOMException('full', 'QuotaExceededError');
        items.set(key, value);
      },
      removeItem: (key: string) => items.delete(key),
    };
    Object.defineProperty(globalThis, 'sessionStorage', { value: storage, configurable: true });
    const memory = tabMemory('https://sign.example');
    memory.write({ ...session, keyId: 'old' });
    memory.write(session);
    expect(memory.read()).to.deep.equal(session);
    expect(items.size, 'after a reload').to.equal(0);
    expect(tabMemory('https://sign.example').read(), 'for the next start on this page').to.deep.equal(session);
    memory.clear();
    expect(memory.read()).to.equal(undefined);
  });

  it('keeps several elements of one page apart', () => {
    const [one, two] = [tabMemory('https://two.example'), tabMemory('https://two.example', '2/2')];
    one.write(session);
    expect(two.read()).to.equal(undefined);
    two.write({ ...session, keyId: 'other' });
    expect(one.read()).to.deep.equal(session);
    one.clear();
    expect(two.read()).to.deep.equal({ ...session, keyId: 'other' });
    two.clear();
  });

  it('remembers within the page where the browser refuses any storage', () => {
    Object.defineProperty(globalThis, 'sessionStorage', { configurable: true, get: () => { throw new DOMException('no', 'SecurityError'); } });
    const memory = tabMemory('https://sign.example');
    memory.write(session);
    expect(memory.read()).to.deep.equal(session);
    memory.clear();
    expect(memory.read()).to.equal(undefined);
  });
});
