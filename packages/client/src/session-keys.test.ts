import { expect } from 'chai';
import { createKeys, loadKeys } from './session-keys.js';

describe('session keys', () => {
  const had = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
  afterEach(() => {
    if (had) Object.defineProperty(globalThis, 'indexedDB', had);
    else Reflect.deleteProperty(globalThis, 'indexedDB');
  });

  it('live in the page where IndexedDB does not answer, which is waited for once', async () => {
    let asked = 0;
    const open = (): object => {
      asked += 1;
      return {};
    };
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, value: { open } });
    const keys = await createKeys('k');
    expect(await loadKeys('k')).to.equal(keys);
    expect(asked).to.equal(1);
  });
});
