import { expect, it } from 'vitest';
import { freshSeconds } from '../../../src/local/edge/fresh-seconds.ts';

it.each([
  [200, 'public, max-age=60', 60],
  [200, 'max-age=60, s-maxage=5', 5],
  [200, 'S-MaxAge=7,MAX-AGE=60', 7],
  [200, 'public, max-age=999999', 86_400],
  [200, undefined, 0],
  [200, 'public', 0],
  [200, 'no-store', 0],
  [200, 'max-age=60, no-store', 0],
  [200, 'private, max-age=60', 0],
  [200, 'no-cache="set-cookie", max-age=60', 0],
  [200, 'max-age=-1', 0],
  [200, 'max-age=1e3', 0],
  [200, 'max-age=', 0],
  [400, 'no-store', 0],
  [403, 'no-store', 0],
  [405, 'no-store', 0],
  [429, 'no-store', 0],
  [404, 'no-store', 10],
  [404, 'max-age=60', 60],
  [503, 'no-store', 10],
  [502, undefined, 10],
])('keeps a %i with Cache-Control %j for %i seconds', (status, control, seconds) => {
  expect(freshSeconds(status, control, 86_400)).toBe(seconds);
});
