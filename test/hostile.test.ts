import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HttpHandler } from '../src/http/http-handler.ts';
import { parseHttpRequest } from '../src/http/http-request.ts';
import { createIngestHandler } from '../src/ingest/ingest-handler.ts';
import {
  createProjectorHandler,
  type ProjectorHandler,
} from '../src/projector/projector-handler.ts';
import { createQueryHandler } from '../src/query/query-handler.ts';
import { readCounter } from '../src/tables/read-counter.ts';
import { useDatabase } from './support/embedded-database.ts';
import { hostileBatch, hostileHttpEvent } from './support/hostile-events.ts';

const SEED = Number(process.env.HOSTILE_SEED ?? Math.floor(Math.random() * 1e9));
const RUNS = { seed: SEED, numRuns: 700 };

const ALLOWED = 'https://a.example';
const database = useDatabase();
let handlers: Record<'ingest' | 'restricted ingest' | 'query', HttpHandler>;
let project: ProjectorHandler;
let printed = '';

beforeAll(() => {
  // The lowest level, so that everything that could be logged is searched.
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'DEBUG');
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed += text;
      return true;
    });
  }
  const { client, tables } = database();
  const settings = { ...tables, HASH_KEY: 'k'.repeat(32), ALLOWED_ORIGINS: ALLOWED };
  const open = { ...settings, ALLOWED_ORIGINS: '*' };
  handlers = {
    ingest: createIngestHandler(open, client),
    'restricted ingest': createIngestHandler(settings, client),
    query: createQueryHandler(settings, client, ''),
  };
  project = createProjectorHandler({ ...tables }, client);
  return () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  };
});

afterEach(() => {
  printed = '';
});

const countedSoFar = async () => {
  const { client, tables } = database();
  const { total, removed } = await readCounter(client, tables.COUNTS_TABLE);
  return { total, removed };
};

// Short texts occur in any output by chance, such as "1" in every timestamp.
const personalParts = (event: unknown): string[] => {
  const { address, userAgent } = parseHttpRequest(event).visitor;
  return [address ?? '', userAgent ?? ''].filter((part) => part.length >= 8);
};

// '*' where every origin may count, otherwise only the allowed origin.
const expectedOrigin = (name: string, event: unknown): string | undefined => {
  if (name === 'ingest') return '*';
  const { origin } = parseHttpRequest(event).headers;
  return origin === ALLOWED ? origin : undefined;
};

describe(`with HOSTILE_SEED=${SEED}`, () => {
  it.each([
    { name: 'ingest', statuses: [202, 204, 404, 405] },
    { name: 'restricted ingest', statuses: [202, 204, 403, 404, 405] },
    { name: 'query', statuses: [200, 204, 404, 405] },
  ] as const)(
    '$name never responds with a server error to an invalid request',
    async ({ name, statuses }) => {
      const seen = new Set<number>();
      const answersWell = fc.asyncProperty(hostileHttpEvent, async (event) => {
        const { statusCode, headers, body } = await handlers[name](event as never);
        seen.add(statusCode);
        expect(statuses).toContain(statusCode);
        expect(headers).toHaveProperty('Access-Control-Allow-Methods');
        expect(headers['Access-Control-Allow-Origin']).toBe(expectedOrigin(name, event));
        for (const part of personalParts(event)) {
          expect(`${JSON.stringify(headers)}${body}`).not.toContain(part);
        }
        expect(printed).toBe('');
      });
      await fc.assert(answersWell, RUNS);
      // All of them, or the events never got past the router.
      expect([...seen].sort()).toEqual(statuses);
    },
    60_000,
  );

  it('the projector counts every batch once, and logs only malformed records', async () => {
    let shard = 0;
    await fc.assert(
      fc.asyncProperty(hostileBatch, async (Records) => {
        shard += 1;
        const event = { shardId: `shard-${shard}`, Records } as never;
        expect(await project(event)).toEqual({ state: {}, batchItemFailures: [] });
        const counted = await countedSoFar();
        expect(await project(event)).toEqual({ state: {}, batchItemFailures: [] });
        expect(await countedSoFar()).toEqual(counted);
      }),
      { ...RUNS, numRuns: 150 },
    );
    const lines = printed
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    expect(new Set(lines.map(({ service, message }) => `${service}: ${message}`))).toEqual(
      new Set(['projector: A stream record is malformed']),
    );
  }, 60_000);
});
