import type { Counts } from './api.ts';
import { isIgnored } from './ignore-flag.ts';
import { sheet } from './style.ts';
import { findWords } from './words.ts';

/** Shows a state, and the last good counts if there ever were any. */
export type View = (state: string, counts?: Partial<Counts>) => void;

/** Gives the element its parts; what it returns fills them. */
export const createView = (host: HTMLElement): View => {
  const visitors = createPart('visitors');
  const active = createPart('active');
  const note = createPart('note');
  const text = createPart('text', visitors, active, note);
  // Announced politely and as a whole when it changes.
  text.role = 'status';
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(text);

  return (
    state,
    { unique_session_count, active_sessions, active_window_minutes: minutes = 60, as_of = 0 } = {},
  ) => {
    const isStale = state === 'stale';
    const window = minutes === 60 ? 'hour' : `${minutes} minutes`;
    // An old number says so: it was true at its time, not in the last hour.
    const time = isStale ? new Date(as_of).toLocaleTimeString([], { timeStyle: 'short' }) : window;
    const activeWords = findWords(host, isStale ? state : 'active', active_sessions);
    host.dataset.state = state;
    write(visitors, findWords(host, 'visitors', unique_session_count), unique_session_count);
    write(active, activeWords.replace('@', time), active_sessions);
    const noteWords = isIgnored() ? findWords(host, 'ignored') : '';
    if (note.textContent !== noteWords) note.textContent = noteWords;
  };
};

const createPart = (name: string, ...content: (Node | string)[]): HTMLElement => {
  const part = document.createElement('span');
  part.setAttribute('part', name);
  part.append(...content);
  return part;
};

// Unchanged text is left alone, or screen readers would announce it again.
const write = (part: Element, words: string, count?: number): void => {
  const [before, ...after] = words.split('#') as [string, ...string[]];
  // Words without a place for the number do without it.
  const number = after.length ? (count?.toLocaleString() ?? '–') : '';
  if (part.textContent !== before + number + after) {
    part.replaceChildren(before, createPart('number', number), ...after);
  }
};
