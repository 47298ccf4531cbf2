import { PassThrough, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createConsole } from '../../../src/cli/console/console.ts';

const consoleOn = (out: Writable, isJson = false) =>
  createConsole({ out, err: new PassThrough() }, isJson);

describe('data on standard output', () => {
  it.each([true, false])('is written as it is, whether for a script or not: %s', async (isJson) => {
    const out = new PassThrough();
    await consoleOn(out, isJson).write('a,b\r\n');
    expect(out.read().toString()).toBe('a,b\r\n');
  });

  it('waits until the stream has taken what came before', async () => {
    const taken: string[] = [];
    let take = (): void => undefined;
    const slow = new Writable({
      write: (chunk, _encoding, done) => {
        taken.push(chunk.toString());
        take = done;
      },
    });
    let isWritten = false;
    const writing = consoleOn(slow)
      .write('first')
      .then(() => {
        isWritten = true;
      });
    await setImmediate();
    expect({ taken, isWritten }).toEqual({ taken: ['first'], isWritten: false });
    take();
    await writing;
    expect(isWritten).toBe(true);
  });

  it('rejects when the reader is gone, and the process goes on', async () => {
    const closed = new Writable({
      write: (_chunk, _encoding, done) => done(new Error('write EPIPE')),
    });
    await expect(consoleOn(closed).write('a')).rejects.toThrow('write EPIPE');
    await setImmediate();
  });

  it('leaves no listener behind', async () => {
    const out = new PassThrough();
    const before = out.listenerCount('error');
    for (let writes = 0; writes < 3; writes += 1) await consoleOn(out).write('a');
    expect(out.listenerCount('error')).toBe(before);
  });
});
