import { expect, it } from 'vitest';
import { parseCounterList } from '../../src/domain/counter-name.ts';
import { parseAskedCounter, parseAskedCounters } from '../../src/query/asked-counters.ts';

const list = parseCounterList(['about', 'blog/*']) ?? expect.fail();

it.each([
  { query: {}, asked: { counter: 'site' } },
  { query: { counter: 'about,about' }, asked: { counter: 'about' } },
  { query: { counter: 'about,no' }, asked: { counters: ['about'], totals: [] } },
  { query: { counter: 'about,a b,__proto__' }, asked: { counters: ['about'], totals: [] } },
  { query: { counter: 'about', total: '/blog/' }, asked: { counters: ['about'], totals: [] } },
  { query: { counter: '', total: 'about' }, asked: { counters: [], totals: ['about'] } },
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
  { query: { counter: 'no,a b' }, statusCode: 404 },
  { query: { counter: 'a b' }, statusCode: 400 },
  { query: { total: 'a b' }, statusCode: 400 },
  { query: { counter: 'a b,c d', total: '__proto__' }, statusCode: 400 },
])('$query is answered $statusCode', ({ query, statusCode }) => {
  expect(parseAskedCounters(query, list)).toMatchObject({ statusCode });
});

it('one counter is the site unless another is named', () => {
  expect(parseAskedCounter({}, list)).toEqual({ counter: 'site' });
  expect(parseAskedCounter({ counter: 'blog/a' }, list)).toEqual({ counter: 'blog/a' });
  expect(parseAskedCounter({ counter: 'no' }, list)).toMatchObject({ statusCode: 404 });
  expect(parseAskedCounter({ counter: 'site,about' }, list)).toMatchObject({ statusCode: 400 });
});
