import { expect, it } from 'vitest';
import { createEdgeCache } from '../../../src/local/edge/edge-cache.ts';

/** A cache with a clock that the test sets, in front of an API that numbers its answers. */
const startCache = (freshSeconds = 60) => {
  const clock = { nowMs: 1_000_000 };
  const cache = createEdgeCache(() => clock.nowMs);
  let answers = 0;
  const ask = async () => {
    answers += 1;
    const body = String(answers);
    await Promise.resolve();
    return { response: { statusCode: 200, headers: { etag: 'e' }, body }, freshSeconds };
  };
  const get = async (key = 'key') => {
    const { body, headers } = await cache(key, ask);
    return { body, age: headers.Age, cache: headers['X-Cache']?.split(' ')[0] };
  };
  return { get, cache, clock };
};

it('answers with what it keeps, and with its age, until it expires', async () => {
  const { get, clock } = startCache();
  expect(await get()).toEqual({ body: '1', age: undefined, cache: 'Miss' });
  expect(await get()).toEqual({ body: '1', age: '0', cache: 'Hit' });
  clock.nowMs += 59_999;
  expect(await get()).toEqual({ body: '1', age: '59', cache: 'Hit' });
  clock.nowMs += 1;
  expect(await get()).toEqual({ body: '2', age: undefined, cache: 'Miss' });
});

it('keeps the answers to different keys apart', async () => {
  const { get } = startCache();
  expect([await get('a'), await get('b'), await get('a')]).toMatchObject([
    ...[{ body: '1' }, { body: '2' }, { body: '1' }],
  ]);
});

it('keeps nothing that may not be kept', async () => {
  const { get } = startCache(0);
  expect([await get(), await get()]).toMatchObject([
    { body: '1', cache: 'Miss' },
    { body: '2', cache: 'Miss' },
  ]);
});

it('keeps no answer from the future after the clock was set back', async () => {
  const { get, clock } = startCache();
  await get();
  clock.nowMs -= 1;
  expect(await get()).toMatchObject({ body: '2', cache: 'Miss' });
});

it('asks once for concurrent requests', async () => {
  const { get } = startCache();
  expect(await Promise.all([get(), get(), get(), get('other')])).toMatchObject([
    ...[{ body: '1' }, { body: '1', cache: 'Hit' }, { body: '1' }, { body: '2' }],
  ]);
});

it('asks for each of the concurrent requests if the answer may not be kept', async () => {
  const { get } = startCache(0);
  const answers = await Promise.all([get(), get(), get()]);
  expect(new Set(answers.map(({ body }) => body)).size).toBe(3);
});

it('asks again after a failure, even for requests that waited', async () => {
  const { get, cache } = startCache();
  const failing = cache('key', () => Promise.reject(new Error('no answer')));
  const waiting = get();
  await expect(failing).rejects.toThrow('no answer');
  expect(await waiting).toMatchObject({ body: '1', cache: 'Miss' });
});

it('forgets no answer for those that may not be kept', async () => {
  const { get, cache } = startCache();
  await get('kept');
  const response = { statusCode: 200, headers: {}, body: '' };
  for (let key = 0; key < 1_000; key += 1)
    await cache(String(key), async () => ({ response, freshSeconds: 0 }));
  expect(await get('kept')).toMatchObject({ cache: 'Hit' });
});

it('forgets the oldest answers when there are too many', async () => {
  const { get } = startCache();
  for (let key = 0; key <= 1_000; key += 1) await get(String(key));
  expect(await get('1')).toMatchObject({ cache: 'Hit' });
  expect(await get('0')).toMatchObject({ cache: 'Miss' });
});
