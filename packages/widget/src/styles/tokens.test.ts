import { expect } from 'chai';
import { paperTokens, tokens } from './tokens.js';

type Colours = ReadonlyMap<string, string>;

/** The colours that a theme starts from, by role. */
function coloursIn(css: string): Colours {
  return new Map([...css.matchAll(/--_([a-z-]+):\s*(?:var\([^,()]+,\s*)?(#[0-9a-f]{3,6})\b/gu)].map(([, role = '', colour = '']) => [role, colour]));
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit) : (colour.slice(1).match(/../gu) ?? []);
  const [red = 0, green = 0, blue = 0] = digits.map((pair) => {
    const part = parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const css = tokens.cssText;
const dark = css.slice(css.indexOf("theme='dark'"), css.indexOf('prefers-color-scheme'));
const themes: readonly (readonly [string, Colours])[] = [
  ['light', coloursIn(css.slice(0, css.indexOf("theme='dark'")))],
  ['dark', coloursIn(dark)],
];

/** Words: 4.5. */
const words: readonly (readonly [string, readonly string[]])[] = [
  ['text', ['surface', 'sunken', 'canvas', 'tint', 'hover']],
  ['strong', ['surface', 'sunken', 'canvas', 'tint', 'hover']],
  ['muted', ['surface', 'sunken']],
  ['primary', ['surface', 'sunken', 'tint']],
  ['primary-hover', ['surface', 'hover']],
  ['success', ['surface']],
  ['error', ['surface', 'tint']],
  ['warning', ['surface']],
  ['on-primary', ['primary', 'primary-hover', 'primary-active']],
];
/** Edges of controls, icons, the bar of the meter: 3. */
const marks: readonly (readonly [string, readonly string[]])[] = [
  ['edge', ['surface', 'sunken']],
  ['primary', ['surface', 'track', 'canvas']],
  ['success', ['surface', 'track']],
  ['error', ['surface']],
];

describe('contrast of the colours', () => {
  for (const [theme, colours] of themes) {
    const colour = (role: string): string => colours.get(role === 'track' && !colours.has(role) ? 'sunken' : role) ?? '';
    for (const [pairs, least] of [[words, 4.5], [marks, 3]] as const) {
      for (const [front, backs] of pairs) {
        it(`${theme}: ${front} on ${backs.join(', ')} has ${least} : 1`, () => {
          for (const back of backs) expect(contrast(colour(front), colour(back)), `${front} ${colour(front)} on ${back} ${colour(back)}`).to.be.at.least(least);
        });
      }
    }

    it(`${theme}: the two rings of the focus show on every ground`, () => {
      for (const ground of ['surface', 'sunken', 'canvas', 'primary', 'tint', 'hover']) {
        const best = Math.max(contrast(colour('focus'), colour(ground)), contrast(colour('focus-ring'), colour(ground)));
        expect(best, ground).to.be.at.least(3);
      }
      expect(contrast(colour('focus'), colour('focus-ring'))).to.be.at.least(9);
    });
  }

  it('paper: tags and edges of fields, in both themes', () => {
    const paper = coloursIn(paperTokens.cssText);
    for (const role of ['primary', 'success', 'error', 'muted', 'strong']) {
      for (const ground of ['#ffffff', '#e8f1fe', '#fdeeee']) expect(contrast(paper.get(role) ?? '', ground), `${role} on ${ground}`).to.be.at.least(4.5);
    }
    expect(contrast('#d7331f', '#ffffff'), 'the red of seals').to.be.at.least(4.5);
  });
});
