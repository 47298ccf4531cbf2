import { describe, expect, it } from 'vitest';
import { findRefusal, type VisitFilters } from '../../src/domain/visit-filter.ts';
import { browser, chrome } from '../support/browsers.ts';

const all: VisitFilters = { bots: true, automation: true, prefetches: true, optOuts: true };
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

const refused = [
  { reason: 'bot', filter: 'bots', userAgent: GOOGLEBOT, headers: {} },
  { reason: 'bot', filter: 'bots', userAgent: 'curl/8.5.0', headers: {} },
  { reason: 'bot', filter: 'bots', userAgent: undefined, headers: {} },
  { reason: 'bot', filter: 'bots', userAgent: '', headers: {} },
  { reason: 'automation', filter: 'automation', userAgent: chrome(), headers: {} },
  { reason: 'prefetch', filter: 'prefetches', headers: { 'sec-purpose': 'prefetch' } },
  { reason: 'prefetch', filter: 'prefetches', headers: { 'sec-purpose': 'prefetch;prerender' } },
  { reason: 'prefetch', filter: 'prefetches', headers: { 'sec-purpose': 'prerender' } },
  { reason: 'prefetch', filter: 'prefetches', headers: { purpose: 'Prefetch' } },
  { reason: 'opt-out', filter: 'optOuts', headers: { 'sec-gpc': '1' } },
  { reason: 'opt-out', filter: 'optOuts', headers: { dnt: ' 1 ' } },
  { reason: 'opt-out', filter: 'optOuts', headers: { dnt: '0, 1' } },
] as const;

describe('a visit', () => {
  it('by a browser is counted', () => {
    expect(findRefusal({ userAgent: browser(), headers: {} }, all)).toBeUndefined();
  });

  it.each([
    { dnt: '0' },
    { 'sec-gpc': '0' },
    { dnt: 'unspecified' },
    { dnt: '10' },
    { 'sec-purpose': 'other' },
  ])('with the headers %j is counted', (headers) => {
    expect(findRefusal({ userAgent: browser(), headers }, all)).toBeUndefined();
  });

  it.each(refused)('is refused: $reason, %j', ({ reason, filter, ...signals }) => {
    const visit = { userAgent: browser(), ...signals };
    expect(findRefusal(visit, all)).toBe(reason);
    expect(findRefusal(visit, { ...all, [filter]: false })).toBeUndefined();
  });
});
