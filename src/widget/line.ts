import { isIgnored } from './ignore-flag.ts';
import { createPart } from './part.ts';
import { findWords } from './words.ts';

/** Counts in the order of `Counts`, of which some may be unknown. The time is there if the counts are old. */
export type Readings = readonly (number | undefined)[];

/**
 * Writes the known counts into a line; of a `readonly` element, the total alone. Leaves unchanged text untouched,
 * because screen readers would announce it again.
 */
export const writeLine = (
  host: HTMLElement,
  line: HTMLElement,
  [total, active, minutes = 60, asOfMs]: Readings,
): void => {
  const time = asOfMs
    ? new Date(asOfMs).toLocaleTimeString([], { timeStyle: 'short' })
    : minutes === 60
      ? 'hour'
      : `${minutes} minutes`;
  const words = findWords(host, asOfMs ? 'stale' : 'active', active).replace(/@/g, time);
  const visitors = findWords(host, 'visitors', total);
  const text = createPart(
    'text',
    ...(host.hasAttribute('readonly')
      ? [fill('visitors', visitors.replace(/, $/, ''), total)]
      : [
          fill('visitors', visitors + /^\s*/.exec(words), total),
          fill('active', words, active),
          createPart('note', isIgnored() ? findWords(host, 'ignored') : ''),
        ]),
  );
  if (line.textContent !== text.textContent) line.replaceChildren(text);
};

const fill = (part: string, words: string, count?: number) =>
  createPart(
    part,
    ...words
      .split(/(#)/)
      .map((piece) =>
        piece === '#' ? createPart('number', (count ?? '–').toLocaleString()) : piece,
      ),
  );
