import { expect, it } from 'vitest';
import { parseCounterList } from '../../src/domain/counter-name.ts';
import { parseAskedCounter, parseAskedCounters } from '../../src/query/asked-counters.ts';

const list = parseCounterList(['about', 'blog/*']) ?? expect.fail();

it.each([
  { query: {}, asked: { counter: 'site' } },
  { query: { counter: 'about,about' }, asked: { counter: 'about' } },
  { query: { counter: 'about,no' }, asked: { counters: ['about'], totals: [] } },
  { query: { total: 'site' }, asked: { counters: [], totals: ['site'] } },
  {
    query: { counter: 'site,blog/a', total: 'about,blog/a,blog/b,no' },
    asked: { counters: ['site', 'blog/a'], totals: ['about', 'blog/b'] },
  },
])('$query asks for $asked, no counter twice', ({ query, asked }) => {
  expect(parseAskedCounters(query, list)).toEqual(asked);
});

it.each([
  { query: { counter: 'no' }, statusCode: 404 },
  { query: { counter: 'no,none', total: 'nobody' }, statusCode: 404 },
  { query: { counter: 'no,a b' }, statusCode: 400 },
])('$query is answered $statusCode', ({ query, statusCode }) => {
  expect(parseAskedCounters(query, list)).toMatchObject({ statusCode });
});

it('one counter is the site unless another is named', () => {
  expect(parseAskedCounter({}, list)).toEqual({ counter: 'site' });
  expect(parseAskedCounter({ counter: 'blog/a' }, list)).toEqual({ counter: 'blog/a' });
  expect(parseAskedCounter({ counter: 'no' }, list)).toMatchObject({ statusCode: 404 });
  expect(parseAskedCounter({ counter: 'site,about' }, list)).toMatchObject({ statusCode: 400 });
});
