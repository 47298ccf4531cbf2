import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgress } from '../../../src/cli/console/progress.ts';

const openScreen = (isTTY: boolean) => {
  let shown = '';
  const write = (chunk: unknown, _: unknown, done: () => void) => {
    shown += String(chunk);
    done();
  };
  const stream = Object.assign(new Writable({ write }), { isTTY, columns: 120 });
  return { stream, shown: () => shown };
};
const work = { label: 'Reading', unit: 'row', total: 1_000 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('progress', () => {
  it('shows rate and time left after the first second', () => {
    const { stream, shown } = openScreen(true);
    const progress = createProgress(stream as never, work);
    progress.advance(100);
    expect(shown()).toBe('');
    vi.advanceTimersByTime(1_000);
    progress.advance(100);
    expect(shown()).toMatch(/Reading .* 20 % {2}200 of 1000 rows {2}200 rows\/s .* left/);
    progress.stop();
  });

  it('uses the singular for one', () => {
    const { stream, shown } = openScreen(true);
    const progress = createProgress(stream as never, { ...work, total: undefined });
    vi.advanceTimersByTime(1_000);
    progress.advance(1);
    expect(shown()).toContain('Reading  1 row  1 row/s');
    progress.stop();
  });

  it('prints nothing without a terminal or for a script', () => {
    const [file, script] = [openScreen(false), openScreen(true)];
    for (const progress of [
      createProgress(file.stream as never, work),
      createProgress(script.stream as never, { ...work, isHidden: true }),
    ]) {
      vi.advanceTimersByTime(5_000);
      progress.advance(500);
      progress.stop();
    }
    expect(file.shown() + script.shown()).toBe('');
  });
});
