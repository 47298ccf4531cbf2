import { describe, expect, it } from 'vitest';
import {
  createGivenSecrets,
  createStoredSecrets,
  KEEP_MS,
  RETRY_MS,
} from '../../src/http/edge-secrets.ts';
import { createKeptLog } from '../support/kept-log.ts';

const NEW = 'n'.repeat(32);
const OLD = 'o'.repeat(32);
const FORGED = 'x'.repeat(32);

describe('secrets in the environment', () => {
  it('are valid, and nothing else is', async () => {
    const { judge, prepare } = createGivenSecrets([NEW, OLD]);
    await prepare();
    expect(await Promise.all([NEW, OLD, FORGED].map(judge))).toEqual(['valid', 'valid', 'invalid']);
  });
});

/** A store whose values, clock and failure a test sets. */
const setUp = (values: readonly string[] = [OLD]) => {
  const store = { values, nowMs: 1_000_000, readings: 0, failure: undefined as Error | undefined };
  const log = createKeptLog();
  const read = async () => {
    store.readings += 1;
    if (store.failure) throw store.failure;
    return store.values;
  };
  const { judge, prepare } = createStoredSecrets({ read, now: () => store.nowMs, log });
  return { store, log, judge, prepare };
};

const denied = new Error('denied');

describe('stored secrets', () => {
  it('are read once for all requests, concurrent or later', async () => {
    const { store, judge, prepare } = setUp();
    expect(await Promise.all([prepare(), judge(OLD), judge(FORGED)])).toEqual([
      ...[undefined, 'valid', 'invalid'],
    ]);
    store.nowMs += KEEP_MS - 1;
    expect(await judge(OLD)).toBe('valid');
    expect(store.readings).toBe(1);
  });

  it('are read again for an unknown value, so that a new secret is valid at once', async () => {
    const { store, judge } = setUp();
    await judge(OLD);
    store.nowMs += RETRY_MS;
    store.values = [NEW, OLD];
    expect(await Promise.all([judge(NEW), judge(OLD)])).toEqual(['valid', 'valid']);
    expect(store.readings).toBe(2);
  });

  it('are read once a minute at most, however many forged values come', async () => {
    const { store, judge } = setUp();
    for (let second = 0; second < 180; second += 1) {
      expect(await judge(`${FORGED}${second}`)).toBe('invalid');
      store.nowMs += 1_000;
    }
    expect(store.readings).toBe(3);
  });

  it('lose a value that was withdrawn, after five minutes', async () => {
    const { store, judge } = setUp([NEW, OLD]);
    await judge(NEW);
    store.values = [NEW];
    store.nowMs += KEEP_MS - 1;
    expect(await judge(OLD)).toBe('valid');
    store.nowMs += 1;
    expect(await judge(OLD)).toBe('invalid');
  });

  it('lose such a value also when the clock is set back', async () => {
    const { store, judge } = setUp([NEW, OLD]);
    await judge(NEW);
    store.values = [NEW];
    store.nowMs -= 1;
    expect(await judge(OLD)).toBe('invalid');
  });

  it('let no request pass while they were never read, and are tried again by the next', async () => {
    const { store, log, judge, prepare } = setUp();
    store.failure = denied;
    await prepare();
    expect(await judge(OLD)).toBe('unavailable');
    const line = ['The edge secret of EDGE_SECRET_ID cannot be read', denied];
    expect(log.lines).toEqual([line, line]);
    store.failure = undefined;
    expect(await judge(OLD)).toBe('valid');
  });

  it('stay as they were while they cannot be read, and are tried again once a minute', async () => {
    const { store, log, judge } = setUp();
    await judge(OLD);
    store.failure = denied;
    store.nowMs += KEEP_MS;
    expect([await judge(OLD), await judge(OLD), await judge(FORGED)]).toEqual([
      ...['valid', 'valid', 'invalid'],
    ]);
    expect([store.readings, log.lines.length]).toEqual([2, 1]);
    store.nowMs += RETRY_MS;
    store.failure = undefined;
    store.values = [NEW];
    expect([await judge(OLD), await judge(NEW)]).toEqual(['invalid', 'valid']);
  });
});
