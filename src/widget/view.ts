import type { Readings } from './counts.ts';
import { say } from './line.ts';
import { createPart } from './part.ts';
import { sheet } from './style.ts';

/** Shows a state, and the last good counts if there ever were any. */
export type View = (state: string, readings?: Readings) => void;

// Which digit is the widest depends on the font: one of these in all of 20 that were measured.
const DIGITS = [0, 4, 8];

/** Gives the element its parts; what it returns fills them. */
export const createView = (host: HTMLElement): View => {
  const shown = createPart('');
  // Announced politely and as a whole when it changes.
  shown.role = 'status';
  // Hidden lines with the largest numbers: nothing moves when the real ones come.
  const rooms = DIGITS.map(() => createPart(''));
  const box = createPart('', shown, ...rooms);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(box);
  // The shown line breaks as soon as a hidden one has to, whatever its own numbers are.
  const breakLine = () =>
    box.toggleAttribute(
      'narrow',
      rooms.some((room) => (room.firstChild as Element).getClientRects()[1]),
    );
  rooms.map((room) => new ResizeObserver(breakLine).observe(room));

  return (state, readings = []) => {
    const [total, active, minutes] = readings;
    const largest = (count = 0) =>
      Math.max(count, 10 ** (Number(host.getAttribute('digits')) || 6) - 1);
    host.dataset.state = state;
    say(host, shown, state, readings);
    const most = [largest(total), largest(active), minutes];
    rooms.map((room, index) => say(host, room, '', most, DIGITS[index]?.toLocaleString()));
    // The observers come too late for the first layout, which would count as a shift.
    total ?? breakLine();
  };
};
