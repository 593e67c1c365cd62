import { expect } from 'chai';
import { createIdleWatch } from './idle-watch.js';

/** Which of the two came first, and what it was. */
function watched(act: (watch: ReturnType<typeof createIdleWatch>) => void): Promise<'stay' | 'warn'> {
  return new Promise((resolve) => {
    const watch = createIdleWatch({ idleMs: 60, warnMs: 20, stay: () => resolve('stay'), warn: () => resolve('warn') });
    watch.used();
    act(watch);
  });
}

describe('a session that nobody uses', () => {
  it('is announced to end', async () => {
    expect(await watched(() => undefined)).to.equal('warn');
  });

  it('is kept alive for who is at work', async () => {
    expect(await watched((watch) => watch.touched())).to.equal('stay');
  });

  it('is not watched any more once it is over', async () => {
    let spoke = false;
    const watch = createIdleWatch({ idleMs: 30, warnMs: 10, stay: () => (spoke = true), warn: () => (spoke = true) });
    watch.used();
    watch.end();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(spoke).to.equal(false);
  });
});
