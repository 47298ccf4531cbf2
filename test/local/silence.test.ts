import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { DEFAULT_TIMING, type MappingTiming } from '../../src/local/event-source/mapping-timing.ts';
import { LIMITS } from '../../src/runtime/aws-client.ts';
import { browser } from '../support/browsers.ts';
import { awsVariables, runCommandHere, tableOptions } from '../support/counter-command.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { type FailingDynamoDB, startFailingDynamoDB } from '../support/failing-dynamodb.ts';
import { runLocalCounter, untilCounts, visit } from '../support/local-counter.ts';
import { openFreshTables, visitAt } from '../support/projected-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const database = useDatabase();
let dynamodb: FailingDynamoDB;
beforeAll(async () => {
  dynamodb = await startFailingDynamoDB(() => database().endpoint);
});
beforeEach(() => {
  dynamodb.trouble = 'nothing';
});

const SECOND_MS = 1_000;
const VISITORS = 20;

/** Shortens the time limits of stream requests, from five seconds, for one test. */
const shortenStreamLimits = (): void => {
  const { streams } = LIMITS;
  Object.assign(LIMITS, { streams: { ...streams, answerMs: 300, silenceMs: 300 } });
  onTestFinished(() => void Object.assign(LIMITS, { streams }));
};

/** Waits until this many more requests have been left without a complete response. */
const untilSilent = (requests: number): Promise<void> => {
  const before = dynamodb.unanswered;
  return vi.waitFor(
    () => expect(dynamodb.unanswered).toBeGreaterThanOrEqual(before + requests),
    30 * SECOND_MS,
  );
};

const linesOf = (file: string): number =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;

const runCounter = (timing?: MappingTiming) =>
  runLocalCounter({ timing, env: { AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint } });

// Lists the shards often, so that a second request is soon without a response.
const FREQUENT: MappingTiming = { ...DEFAULT_TIMING, discoveryMs: 50 };

describe('a DynamoDB that stops responding', () => {
  it.each([
    { trouble: 'silent stream', limits: 'real' },
    { trouble: 'stream that falls silent', limits: 'short' },
  ] as const)(
    'is asked again, so that visits in the meantime are counted: $trouble, $limits limits',
    { timeout: 60 * SECOND_MS },
    async ({ trouble, limits }) => {
      if (limits === 'short') shortenStreamLimits();
      const { url } = await runCounter();
      await visit(url, { 'user-agent': browser(0) });
      await untilCounts(url, 1, 1);
      dynamodb.trouble = trouble;
      // One request lists the shards, one reads records.
      await untilSilent(2);
      for (let number = 1; number < VISITORS; number += 1) {
        expect((await visit(url, { 'user-agent': browser(number) })).status).toBe(202);
      }
      dynamodb.trouble = 'nothing';
      await untilCounts(url, VISITORS, VISITORS);
    },
  );

  it.each(['silent', 'silent stream', 'stream that falls silent'] as const)(
    'does not keep a counter from stopping: %s',
    { timeout: 60 * SECOND_MS },
    async (trouble) => {
      const { url, stop } = await runCounter(FREQUENT);
      await visit(url);
      await untilCounts(url, 1, 1);
      dynamodb.trouble = trouble;
      await untilSilent(2);
      const startedMs = Date.now();
      await stop();
      expect(Date.now() - startedMs).toBeLessThan(5 * SECOND_MS);
    },
  );
});

describe('record, while its stream does not respond', () => {
  it('reports it, and continues where it was', { timeout: 90 * SECOND_MS }, async () => {
    shortenStreamLimits();
    const fresh = await openFreshTables(database());
    await visitAt(fresh, '2026-11-20T10:00:00.000Z', ['a', 'b', 'c']);
    dynamodb.trouble = 'silent stream';
    const file = join(temporaryFolder(), 'all.jsonl');
    const interrupt = new AbortController();
    const env = { ...process.env, ...awsVariables(dynamodb) };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const args = ['record', '--to', file, ...tableOptions(fresh)];
    const recording = runCommandHere(args, { env, signal: interrupt.signal });
    // All three attempts to list the shards, and one of the next.
    await untilSilent(4);
    dynamodb.trouble = 'nothing';
    // The first line is the header.
    await vi.waitFor(() => expect(linesOf(file)).toBe(1 + 3), 30 * SECOND_MS);
    interrupt.abort();
    const { code, err } = await recording;
    vi.unstubAllEnvs();
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringContaining('Cannot list the shards of the stream'),
    });
  });
});
