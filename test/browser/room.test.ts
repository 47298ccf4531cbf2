import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { FONTS } from './support/fonts.ts';
import { shiftsOf } from './support/layout-shift.ts';
import { openPlaces, placesOf } from './support/places.ts';
import { type Look, lookAtPlaces } from './support/rooms.ts';

const openReader = useBrowser();

const SIZES = Array.from({ length: 23 }, (_, index) => index + 10);
const WIDTHS = Array.from({ length: 50 }, (_, index) => 12 + index * 0.7);
const LARGEST = 999_999;
// The singular, the widest in these fonts, the largest, and none, which makes the counts stale.
const NUMBERS = [1, 400_000, 444_444, 888_888, LARGEST, undefined];
const TIMEOUT_MS = 180_000;

/** How all places look with dashes and with each number, and what shifted in between. */
const lookAtNumbers = async (places: string) => {
  const { page, show } = await openPlaces(openReader, places);
  const before = await lookAtPlaces(page);
  const looks = new Map([['–', before]]);
  for (const number of NUMBERS) {
    await show(number);
    looks.set(`${number}`, await lookAtPlaces(page));
  }
  const moved = findWrong(looks, ({ neighbours }, index) =>
    neighbours.some((pixels, it) => pixels !== before[index]?.neighbours[it]),
  );
  return { looks, moved, shifts: await shiftsOf(page) };
};

/** The first wrong places, each with the number shown there. */
const findWrong = (
  looks: ReadonlyMap<string, readonly Look[]>,
  isWrong: (look: Look, index: number) => boolean,
): string[] =>
  [...looks]
    .flatMap(([number, places]) =>
      places.filter(isWrong).map(({ place }) => `${number} in ${place}`),
    )
    .slice(0, 20);

describe('in five fonts, in a sentence, footer, flex row, table cell and right-to-left text', () => {
  it(
    'at every size from 10 to 32 px, it fits on one line without a gap and shifts nothing',
    async () => {
      const places = FONTS.flatMap((font) => SIZES.map((size) => placesOf(font, size, '70em')));
      const { looks, moved, shifts } = await lookAtNumbers(places.join('\n'));
      expect([...looks.values()].map(({ length }) => length)).toEqual(Array(7).fill(575));
      expect({
        moved,
        shifts,
        broken: findWrong(looks, ({ lines }) => lines > 1),
        overflowing: findWrong(looks, ({ overflow }) => overflow > 0),
        gaps: findWrong(new Map([['', looks.get(`${LARGEST}`) ?? []]]), ({ gap }) => gap > 1),
      }).toEqual({ moved: [], shifts: [], broken: [], overflowing: [], gaps: [] });
    },
    TIMEOUT_MS,
  );

  it(
    'if space is short, it breaks between its halves, and every number leaves the same space',
    async () => {
      const places = WIDTHS.map((width, index) =>
        placesOf(FONTS[index % FONTS.length] ?? '', 16, `${width.toFixed(1)}em`),
      );
      const { looks, moved, shifts } = await lookAtNumbers(places.join('\n'));
      const brokenCount = (looks.get(`${LARGEST}`) ?? []).filter(({ isBroken }) => isBroken).length;
      expect(brokenCount).toBeGreaterThan(50);
      expect(brokenCount).toBeLessThan(200);
      expect({
        moved,
        shifts,
        overflowing: findWrong(looks, ({ overflow }) => overflow > 0),
      }).toEqual({ moved: [], shifts: [], overflowing: [] });
    },
    TIMEOUT_MS,
  );
});
