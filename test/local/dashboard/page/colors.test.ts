import { describe, expect, it } from 'vitest';
import {
  contrastOf,
  paletteColor,
  readableColor,
} from '../../../../src/local/dashboard/page/colors.ts';

const PALETTE = Array.from({ length: 10 }, (_, i) => paletteColor(i));

it('begins the palette of CloudWatch again when it ends', () => {
  expect(PALETTE.slice(0, 2)).toEqual(['#1f77b4', '#ff7f0e']);
  expect(new Set(PALETTE).size).toBe(10);
  expect(paletteColor(10)).toBe('#1f77b4');
});

// The values are those of other calculators, such as https://webaim.org/resources/contrastchecker/.
it.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  ['#777777', '#ffffff', 4.48],
])('computes the contrast of %s and %s', (one, other, contrast) => {
  expect(contrastOf(one, other)).toBeCloseTo(contrast, 2);
  expect(contrastOf(other, one)).toBeCloseTo(contrast, 2);
});

describe.each(['#ffffff', '#191c1f'])('on %s', (background) => {
  it.each(PALETTE)('%s can be seen', (color) => {
    expect(contrastOf(readableColor(color, background), background)).toBeGreaterThanOrEqual(3);
  });

  it('a colour that can be seen stays as it is', () => {
    expect(readableColor('#1f77b4', background)).toBe('#1f77b4');
  });
});
