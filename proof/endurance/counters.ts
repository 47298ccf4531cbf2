import { SITE } from '../../src/domain/counter-name.ts';
import type { Draw } from './draw.ts';

const POSTS = Array.from({ length: 18 }, (_, number) => `post/${number + 1}`);
const PAGES = ['about', ...POSTS];

/** The counters of every run: the site, one that is listed, and 18 that a pattern admits. */
export const COUNTERS: readonly string[] = [SITE, ...PAGES];

/** The setting COUNTERS that admits them. */
export const COUNTERS_SETTING = 'about,post/*';

/** The counters that the page of a visitor names: often the site and itself, sometimes one of them alone. */
export const drawCounters = (draw: Draw): readonly string[] => {
  const page = PAGES[draw(0, PAGES.length - 1)] ?? SITE;
  const kind = draw(0, 3);
  if (kind === 0) return [SITE];
  return kind === 1 ? [page] : [SITE, page];
};
