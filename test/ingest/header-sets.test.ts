import { describe, expect, it } from 'vitest';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { httpApiEvent, restApiEvent } from '../support/api-events.ts';
import { captureOutput } from '../support/captured-output.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { DOCUMENTED_CHROMIUM } from '../support/header-sets/documented-chromium.ts';
import { DOCUMENTED_CLIENTS, DOCUMENTED_OTHERS } from '../support/header-sets/documented-others.ts';
import type { HeaderSet } from '../support/header-sets/header-set.ts';
import { RECORDED_CHROMIUM, RECORDED_CLIENTS } from '../support/header-sets/recorded-headers.ts';

const database = useDatabase();

/** The responses of ingest to these requests, by how many requests got them; and the rules in its log. */
const visitAs = async (sets: readonly HeaderSet[], settings: Record<string, string> = {}) => {
  const { client, tables } = database();
  const env = { ...tables, HASH_KEY: 'k'.repeat(32), COUNTER_NAME: 'mine', ...settings };
  const ingest = createIngestHandler(env, client);
  const output = captureOutput();
  const bodies: Record<string, number> = {};
  for (const { headers } of sets) {
    for (const event of [httpApiEvent, restApiEvent]) {
      const { body } = await ingest(event({ headers, userAgent: headers['user-agent'] }));
      bodies[body] = (bodies[body] ?? 0) + 1;
    }
  }
  const rules = Array.from(output().matchAll(/"rule":"([^"]+)"/g), ([, rule]) => rule);
  return { bodies, rules: new Set(rules) };
};

const COUNTED = '{"counted":true}';
const AUTOMATION = '{"counted":false,"reason":"automation"}';
const BOT = '{"counted":false,"reason":"bot"}';
const BROWSERS = [...DOCUMENTED_CHROMIUM, ...DOCUMENTED_OTHERS];
const SCRIPTS = [...RECORDED_CLIENTS, ...DOCUMENTED_CLIENTS];

describe('ingest', () => {
  it('counts the browsers of people', async () => {
    const { bodies, rules } = await visitAs(BROWSERS);
    expect(bodies).toEqual({ [COUNTED]: 2 * BROWSERS.length });
    expect(rules).toEqual(new Set());
  });

  it('counts no script that claims to be Chrome, and logs the rule', async () => {
    const { bodies, rules } = await visitAs(SCRIPTS);
    expect(bodies).toEqual({ [AUTOMATION]: 2 * SCRIPTS.length });
    expect(rules).toEqual(new Set(['no-browser-headers', 'incomplete-fetch-metadata']));
  });

  it('counts a headless Chromium only where it looks like Chrome', async () => {
    const { bodies, rules } = await visitAs(RECORDED_CHROMIUM);
    expect(bodies).toEqual({ [BOT]: 2 * 4, [AUTOMATION]: 2 * 9, [COUNTED]: 2 * 19 });
    expect(rules).toEqual(new Set(['no-browser-headers', 'headless-brand']));
  });

  it('counts them all while the filters are off', async () => {
    const sets = [...SCRIPTS, ...RECORDED_CHROMIUM];
    const settings = { FILTER_BOTS: 'false', FILTER_AUTOMATION: 'false' };
    expect(await visitAs(sets, settings)).toEqual({
      bodies: { [COUNTED]: 2 * sets.length },
      rules: new Set(),
    });
  });
});
