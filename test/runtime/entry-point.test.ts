import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createEntryPoint, createPreparedEntryPoint } from '../../src/runtime/entry-point.ts';

// A minified class whose errors have a name of their own.
class b extends Error {
  override readonly name = 'MeaningfulError';
}

// How Lambda's runtime derives the name of an error for its log.
const typeOf = (error: unknown) => (error as Error).constructor.name;

it('makes Lambda log what a handler throws under its error name', async () => {
  const handler = createEntryPoint(() => async () => Promise.reject(new b('no')));
  const error = await handler({}).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(b);
  expect(typeOf(error)).toBe('MeaningfulError');
  expect(new b('another').constructor).toBe(b);
});

it('does the same when the function cannot start', () => {
  const start = () =>
    createEntryPoint(() => {
      throw new b('no');
    });
  expect(start).toThrow(expect.objectContaining({ constructor: { name: 'MeaningfulError' } }));
});

it('rethrows unchanged what is not an error or cannot be modified', async () => {
  const frozen = Object.freeze(new b('no'));
  for (const thrown of [frozen, 'no', undefined]) {
    const handler = createEntryPoint(() => async () => Promise.reject(thrown));
    await expect(handler({})).rejects.toBe(thrown);
  }
});

it('passes event and context on, and the response back', async () => {
  const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 7 };
  const handler = createEntryPoint(() => async (event: number, given) => [event, given]);
  expect(await handler(1, context)).toEqual([1, context]);
  expect(await handler(2)).toEqual([2, undefined]);
});

it('takes no event before the function has prepared its first call', async () => {
  let isPrepared = false;
  const prepare = async () => {
    await setTimeout(5);
    isPrepared = true;
  };
  const handler = await createPreparedEntryPoint(() => ({
    handler: async (event: string) => `${event}: ${isPrepared}`,
    prepare,
  }));
  expect(await handler('prepared')).toBe('prepared: true');
});

it('starts a function whose preparation fails', async () => {
  const prepare = () => Promise.reject(new Error('no'));
  const handler = await createPreparedEntryPoint(() => ({ handler: async () => 'yes', prepare }));
  expect(await handler({})).toBe('yes');
});

it('also names the error of a prepared function that cannot start', async () => {
  const start = createPreparedEntryPoint(() => {
    throw new b('no');
  });
  expect(typeOf(await start.catch((thrown) => thrown))).toBe('MeaningfulError');
});
