import type { Readings } from './counts.ts';
import { isIgnored } from './ignore-flag.ts';
import { createPart } from './part.ts';
import { findWords } from './words.ts';

/**
 * Writes the known counts into a line. With `digit`, replaces each of their digits by it. Leaves
 * unchanged text untouched, because screen readers would announce it again.
 */
export const writeLine = (
  host: HTMLElement,
  line: HTMLElement,
  state: string,
  [total, active, minutes = 60, asOfMs]: Readings,
  digit?: string,
): void => {
  // Stale counts show their time, because they no longer describe the last hour.
  const isStale = state === 'stale';
  const time = isStale
    ? new Date(asOfMs as number).toLocaleTimeString([], { timeStyle: 'short' })
    : minutes === 60
      ? 'hour'
      : `${minutes} minutes`;
  const words = findWords(host, isStale ? state : 'active', active).replaceAll('@', time);
  const text = createPart(
    'text',
    // A space between the halves goes to the end of the first, so that no line starts with it.
    fill('visitors', findWords(host, 'visitors', total) + /^\s*/.exec(words), total, digit),
    fill('active', words.trimStart(), active, digit),
    createPart('note', isIgnored() ? findWords(host, 'ignored') : ''),
  );
  if (line.textContent !== text.textContent) line.replaceChildren(text);
};

const fill = (part: string, words: string, count: number | string = '–', digit?: string) =>
  createPart(
    part,
    ...words
      .split(/(#)/)
      .map((piece) =>
        piece === '#'
          ? createPart('number', count.toLocaleString().replace(/\p{Nd}/gu, digit ?? '$&'))
          : piece,
      ),
  );
