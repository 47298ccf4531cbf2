import { type Readings, writeLine } from './line.ts';
import { createPart } from './part.ts';
import { sheet } from './style.ts';

/** Shows the last valid counts. `live` is falsy if the last read failed, undefined before the first. */
export type View = (live: unknown, counts?: Readings) => void;

// Of 10 to the power of `digits`, in ninetieths: 400,000, 444,444 and 888,888. The widest digit depends on the font:
// in all 20 that were measured, it is 0, 4 or 8.
const WIDEST = [36, 40, 80];

/**
 * Creates the element's parts; returns the function that fills them. Hidden lines with the widest numbers reserve
 * space, so that nothing shifts later.
 */
export const createView = (host: HTMLElement): View => {
  const shown = createPart('');
  // Screen readers announce a change politely and as a whole.
  shown.role = 'status';
  const spacers = WIDEST.map(() => createPart(''));
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(createPart('', shown, ...spacers));
  return (live, [total, active, minutes, asOfMs] = []) => {
    host.dataset.state =
      live == null ? 'pending' : total == null ? 'missing' : live ? 'live' : 'stale';
    writeLine(host, shown, [total, active, minutes, live ? 0 : asOfMs]);
    // biome-ignore lint/suspicious/useIterableCallbackReturn: smaller than forEach when compressed.
    spacers.map((spacer, index) => {
      const widest =
        ((10 ** (+(host.getAttribute('digits') as string) || 6) * (WIDEST[index] as number)) / 90) |
        0;
      writeLine(host, spacer, [widest, widest, minutes]);
    });
  };
};
