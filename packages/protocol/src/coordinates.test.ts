import { expect } from 'chai';
import type { PageGeometry } from './coordinates.js';
import { fromScreen, fromUserSpace, normalRotation, shownSize, toScreen, toUserSpace } from './coordinates.js';
import type { Rect } from './fields.js';

const a4: PageGeometry = { cropBox: [0, 0, 595, 842], rotate: 0, userUnit: 1 };
const odd: PageGeometry = { cropBox: [-20, 30, 280, 430], rotate: 0, userUnit: 2 };
const rect: Rect = [100, 50, 80, 40];

describe('coordinates', () => {
  it('puts page points into user space by the crop box and the user unit', () => {
    expect(toUserSpace(rect, a4)).to.deep.equal([100, 50, 180, 90]);
    expect(toUserSpace(rect, odd)).to.deep.equal([30, 55, 70, 75]);
  });

  it('comes back from user space unchanged', () => {
    for (const page of [a4, odd]) expect(fromUserSpace(toUserSpace(rect, page), page)).to.deep.equal(rect);
  });

  const golden: [rotate: number, left: number, top: number, width: number, height: number][] = [
    [0, 100, 752, 80, 40],
    [90, 50, 100, 40, 80],
    [180, 415, 50, 80, 40],
    [270, 752, 415, 40, 80],
  ];
  for (const [rotate, left, top, width, height] of golden) {
    it(`shows a rectangle of a page turned by ${rotate} degrees where a viewer shows it`, () => {
      const page = { ...a4, rotate };
      expect(toScreen(rect, page, 1)).to.deep.equal({ left, top, width, height });
      expect(toScreen(rect, page, 2)).to.deep.equal({ left: left * 2, top: top * 2, width: width * 2, height: height * 2 });
      expect(fromScreen(toScreen(rect, page, 1.25), page, 1.25).map((n) => Math.round(n * 1e6) / 1e6)).to.deep.equal(rect);
    });
  }

  it('swaps width and height of a page on its side', () => {
    expect(shownSize({ ...a4, rotate: 90 })).to.deep.equal({ width: 842, height: 595 });
    expect(shownSize(odd)).to.deep.equal({ width: 600, height: 800 });
  });

  it('brings any multiple of 90 into range', () => {
    expect([-90, 450, 720, 45].map(normalRotation)).to.deep.equal([270, 90, 0, 0]);
  });
});
