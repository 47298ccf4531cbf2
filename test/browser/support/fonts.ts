import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const require = createRequire(import.meta.url);

// They differ in what affects a line of numbers: whether digits have one width, or 0, 4 or 8 is widest.
const FILES: Record<string, string> = {
  'cormorant-garamond': require.resolve(
    '@fontsource/cormorant-garamond/files/cormorant-garamond-latin-400-normal.woff2',
  ),
  inter: require.resolve('@fontsource/inter/files/inter-latin-400-normal.woff2'),
  'jetbrains-mono': require.resolve(
    '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2',
  ),
  oswald: require.resolve('@fontsource/oswald/files/oswald-latin-400-normal.woff2'),
  pacifico: require.resolve('@fontsource/pacifico/files/pacifico-latin-400-normal.woff2'),
};

/** A serif, a sans-serif, a monospaced, a condensed and a script typeface. */
export const FONTS = Object.keys(FILES);

/** The font for a path such as `/fonts/inter.woff2`; undefined for any other path. */
export const readFont = (address: string): Buffer | undefined => {
  const file = FILES[/^\/fonts\/([\w-]+)\.woff2$/.exec(address)?.[1] ?? ''];
  return file === undefined ? undefined : readFileSync(file);
};

/** The @font-face rules of these fonts. */
export const FONT_FACES = FONTS.map(
  (name) => `@font-face { font-family: ${name}; src: url(/fonts/${name}.woff2) }`,
).join('\n');

/** Loads the fonts; returns the names of those that the page has loaded. */
export const loadFonts = (page: Page): Promise<string[]> =>
  page.evaluate(async (names) => {
    await Promise.all(names.map((name) => document.fonts.load(`16px ${name}`)));
    const loaded = [...document.fonts].filter(({ status }) => status === 'loaded');
    return names.filter((name) => loaded.some(({ family }) => family === name));
  }, FONTS);
