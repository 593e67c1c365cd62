import { expect } from 'chai';
import { createSlots } from './slots.js';

describe('slots', () => {
  it('let so many work at once, in the order in which they came, and go on after a failure', async () => {
    const slots = createSlots(2);
    const began: number[] = [];
    const ends: (() => void)[] = [];
    const work = (name: number) =>
      slots.run(async () => {
        began.push(name);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (name === 0) throw new Error('failed');
      });
    const all = Promise.allSettled([0, 1, 2, 3].map(work));
    expect(began).to.deep.equal([0, 1]);
    while (ends.length > 0) {
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
      expect(began.length).to.be.at.most(4 - ends.length + 2);
    }
    expect((await all).map(({ status }) => status)).to.deep.equal(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect(began).to.deep.equal([0, 1, 2, 3]);
  });
});
