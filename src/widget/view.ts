import type { Readings } from './counts.ts';
import { writeLine } from './line.ts';
import { createPart } from './part.ts';
import { sheet } from './style.ts';

/** Shows a state and, if known, the last valid counts. */
export type View = (state: string, readings?: Readings) => void;

/**
 * Creates the element's parts; returns the function that fills them. Hidden lines with the largest numbers
 * reserve space, so that nothing shifts later. The visible line breaks as soon as a hidden one has to,
 * whatever its own numbers are. The widest digit depends on the font: in all 20 that were measured, it is
 * 0, 4 or 8.
 */
export const createView = (host: HTMLElement): View => {
  const shown = createPart('');
  // Screen readers announce a change politely and as a whole.
  shown.role = 'status';
  const spacers = [0, 1, 2].map(() => createPart(''));
  const box = createPart('', shown, ...spacers);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(box);
  const breakLine = () =>
    box.toggleAttribute(
      'narrow',
      spacers.some((spacer) => (spacer.firstChild as Element).getClientRects()[1]),
    );
  spacers.map((spacer) => new ResizeObserver(breakLine).observe(spacer));
  return (state, [total, active, minutes, asOfMs] = []) => {
    const largest = (count = 0) =>
      Math.max(count, 10 ** (+(host.getAttribute('digits') as string) || 6) - 1);
    host.dataset.state = state;
    writeLine(host, shown, state, [total, active, minutes, asOfMs]);
    spacers.map((spacer, index) =>
      writeLine(
        host,
        spacer,
        '',
        [largest(total), largest(active), minutes],
        (4 * index).toLocaleString(),
      ),
    );
    // The observers fire after the first layout, and a change then would count as a layout shift.
    total ?? breakLine();
  };
};
