import { describe, expect, it } from 'vitest';
import { AUTOMATION_RULES, findAutomation } from '../../src/domain/automation.ts';
import { chrome } from '../support/browsers.ts';
import { DOCUMENTED_CHROMIUM } from '../support/header-sets/documented-chromium.ts';
import { DOCUMENTED_CLIENTS, DOCUMENTED_OTHERS } from '../support/header-sets/documented-others.ts';
import type { HeaderSet } from '../support/header-sets/header-set.ts';
import { RECORDED_CHROMIUM, RECORDED_CLIENTS } from '../support/header-sets/recorded-headers.ts';

const ruleOf = ({ headers }: HeaderSet) => findAutomation(headers['user-agent'], headers);

/** How many of the sets each rule refuses; `none` for those that no rule does. */
const countRules = (sets: readonly HeaderSet[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const set of sets) {
    const rule = ruleOf(set) ?? 'none';
    counts[rule] = (counts[rule] ?? 0) + 1;
  }
  return counts;
};

const drivenBy = (driver: string): readonly HeaderSet[] =>
  RECORDED_CHROMIUM.filter(({ client }) => client.includes(`${driver}: `));

describe('a browser of a person', () => {
  it.each([...DOCUMENTED_CHROMIUM, ...DOCUMENTED_OTHERS])(
    'is not taken for a script: $client',
    (set) => {
      expect(ruleOf(set)).toBeUndefined();
    },
  );
});

describe('a script that claims to be Chrome', () => {
  it.each(RECORDED_CLIENTS.filter(({ client }) => !client.includes('undici')))(
    'is found by what it lacks: $client',
    (set) => expect(ruleOf(set)).toBe('no-browser-headers'),
  );

  it.each(DOCUMENTED_CLIENTS)('is found by what it lacks: $client', (set) => {
    expect(ruleOf(set)).toBe('no-browser-headers');
  });

  it('is found by one sec-fetch header without the others, if it is fetch() of Node.js', () => {
    const [undici, ...others] = RECORDED_CLIENTS.filter(({ client }) => client.includes('undici'));
    expect(others).toEqual([]);
    expect(undici && ruleOf(undici)).toBe('incomplete-fetch-metadata');
  });
});

describe('a headless Chromium', () => {
  it('that says so is left to the filter of bots', () => {
    const sets = drivenBy('headless, with its own user agent');
    expect(sets).toHaveLength(4);
    expect(countRules(sets)).toEqual({ none: 4 });
  });

  it.each(['headless, started with --user-agent', 'headless, user agent set by Playwright'])(
    'is found by its brand or, over plain HTTP, by what it lacks: %s',
    (driver) => {
      expect(countRules(drivenBy(driver))).toEqual({
        'headless-brand': 3,
        'no-browser-headers': 1,
      });
    },
  );

  it('without client hints is found over plain HTTP only', () => {
    const sets = drivenBy('headless, user agent set by the driver without client hints');
    expect(countRules(sets)).toEqual({ none: 3, 'no-browser-headers': 1 });
  });

  it('with all headers of Chrome is not found, whatever sends the request', () => {
    const sets = drivenBy('headless, user agent, client hints and languages set by the driver');
    expect(countRules(sets)).toEqual({ none: 16 });
  });
});

describe('the rule', () => {
  it.each([
    { rule: 'no-browser-headers', headers: {}, since: 76 },
    { rule: 'no-browser-headers', headers: { 'accept-language': ' * ' }, since: 76 },
    {
      rule: 'incomplete-fetch-metadata',
      headers: { 'sec-fetch-mode': 'cors', 'accept-language': 'en' },
      since: 80,
    },
    {
      rule: 'incomplete-fetch-metadata',
      headers: { 'sec-fetch-site': 'none', 'accept-language': 'en' },
      since: 80,
    },
    {
      rule: 'headless-brand',
      headers: { 'sec-ch-ua': '"HeadlessChrome";v="89"', 'accept-language': 'en' },
      since: 89,
    },
  ])('$rule holds from Chromium $since, for %j', ({ rule, headers, since }) => {
    expect(findAutomation(chrome(since), headers)).toBe(rule);
    expect(findAutomation(chrome(999), headers)).toBe(rule);
    expect(findAutomation(chrome(since - 1), headers)).not.toBe(rule);
    expect(findAutomation(chrome(since), { ...headers, via: '1.1 proxy' })).toBeUndefined();
  });

  it.each([
    { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'cors' },
    { 'sec-ch-ua': '"Chromium";v="138"' },
    { 'sec-ch-ua-platform': '"Linux"' },
    { 'accept-language': 'en' },
  ])('no-browser-headers does not hold for %j', (headers) => {
    expect(findAutomation(chrome(138), headers)).toBeUndefined();
  });

  it('no-browser-headers takes a header without a value for a missing one', () => {
    const headers = { 'sec-fetch-site': undefined, 'sec-ch-ua': undefined };
    expect(findAutomation(chrome(), headers)).toBe('no-browser-headers');
  });

  it.each(['; wv)', ' Version/4.0 ', ' Electron/28.0.0', ' QtWebEngine/6.5.2'])(
    'does not hold for an app, which "%s" shows',
    (mark) => expect(findAutomation(`${chrome()}${mark}`, {})).toBeUndefined(),
  );

  it.each([undefined, '', ' Chrome/', ' Chrome/99999.0', 'Chrome/150.0', 'HeadlessChrome/150.0'])(
    'does not hold for the user agent %j',
    (userAgent) => expect(findAutomation(userAgent, {})).toBeUndefined(),
  );

  it('has a name of its own', () => {
    const names = AUTOMATION_RULES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
