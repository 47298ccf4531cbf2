import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConsole } from '../../../src/cli/console/console.ts';

const openScreen = (isTTY: boolean) => {
  let shown = '';
  const write = (chunk: unknown, _: unknown, done: () => void) => {
    shown += String(chunk);
    done();
  };
  const stream = Object.assign(new Writable({ write }), { isTTY, columns: 120 });
  return { stream, shown: () => shown };
};
const sleep = async (ms: number) => vi.advanceTimersByTime(ms);
const wait = { label: 'Waiting for visits', ms: 3_500, sleep };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a wait', () => {
  it('counts down the seconds on a terminal, and is not shorter than requested', async () => {
    const { stream, shown } = openScreen(true);
    const startedMs = Date.now();
    await createConsole({ out: stream, err: stream } as never, false).wait(wait);
    expect(Date.now() - startedMs).toBe(3_500);
    expect(shown()).toContain('Waiting for visits');
    expect(shown().match(/\d(?= s left)/g)).toEqual(['4', '3', '2', '1', '0']);
  });

  it('is announced once without a terminal', async () => {
    const { stream, shown } = openScreen(false);
    const console = createConsole({ out: stream, err: stream } as never, false);
    await console.wait(wait);
    await console.wait({ ...wait, ms: 1_000 });
    expect(shown()).toBe('Waiting for visits: 4 seconds.\nWaiting for visits: 1 second.\n');
  });

  it('prints nothing for a script', async () => {
    const { stream, shown } = openScreen(true);
    await createConsole({ out: stream, err: stream } as never, true).wait(wait);
    expect(shown()).toBe('');
  });
});
