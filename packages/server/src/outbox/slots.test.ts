import { expect } from 'chai';
import { createLanes, createSlots } from './slots.js';

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

describe('lanes', () => {
  it('let one work at a time under a name, also after a failure, and others meanwhile', async () => {
    const lanes = createLanes();
    const began: string[] = [];
    const ends: (() => void)[] = [];
    const work = (lane: string, name: string) =>
      lanes.run(lane, async () => {
        began.push(name);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (name === 'a1') throw new Error('failed');
      });
    const all = Promise.allSettled([work('a', 'a1'), work('a', 'a2'), work('b', 'b1')]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(began).to.deep.equal(['a1', 'b1']);
    for (const end of ends.splice(0)) end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(began).to.deep.equal(['a1', 'b1', 'a2']);
    for (const end of ends.splice(0)) end();
    expect((await all).map(({ status }) => status)).to.deep.equal(['rejected', 'fulfilled', 'fulfilled']);
  });
});
