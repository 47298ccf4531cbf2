import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/**
 * Five that differ in what matters to a line of numbers: digits of one width, and digits of which
 * 0, 4 or 8 is the widest.
 */
export const FONTS = ['cormorant-garamond', 'inter', 'jetbrains-mono', 'oswald', 'pacifico'];

const { resolve } = createRequire(import.meta.url);

/** The fonts as a page asks for them: `/fonts/inter.woff2`; undefined for every other address. */
export const readFont = (address: string): Buffer | undefined => {
  const font = FONTS.find((name) => address === `/fonts/${name}.woff2`);
  if (!font) return undefined;
  return readFileSync(resolve(`@fontsource/${font}/files/${font}-latin-400-normal.woff2`));
};

/** The rules by which a page has these fonts. */
export const FONT_FACES = FONTS.map(
  (name) => `@font-face { font-family: ${name}; src: url(/fonts/${name}.woff2) }`,
).join('\n');

/** Loads the fonts, and says which of them the page really has. */
export const loadFonts = (page: Page): Promise<string[]> =>
  page.evaluate(async (names) => {
    await Promise.all(names.map((name) => document.fonts.load(`16px ${name}`)));
    const loaded = [...document.fonts].filter(({ status }) => status === 'loaded');
    return names.filter((name) => loaded.some(({ family }) => family === name));
  }, FONTS);
