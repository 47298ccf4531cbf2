import { describe, expect, it } from 'vitest';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { browser } from '../support/browsers.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { openFreshTables, project, untilCounted } from '../support/projected-database.ts';

const useFile = useDatabase();
const forgetting = (facts: { userAgent?: string; headers?: Record<string, string> } = {}) =>
  httpApiEvent({ ...facts, method: 'DELETE', path: '/sessions/me' });

const setUp = async (env: Record<string, string> = { HASH_KEY: 'k'.repeat(32) }) => {
  const database = await openFreshTables(useFile());
  return { database, ingest: createIngestHandler({ ...database.tables, ...env }, database.client) };
};

describe('DELETE /sessions/me', () => {
  it("deletes the caller's row and no other; the total stays and removed increases", async () => {
    const { database, ingest } = await setUp();
    project(database);
    await ingest(httpApiEvent({ userAgent: browser(1) }));
    await ingest(httpApiEvent({ userAgent: browser(2) }));
    await untilCounted(database, { total: 2, removed: 0 });
    const answer = await ingest(forgetting({ userAgent: browser(1) }));
    expect(answer).toMatchObject({ statusCode: 204, body: '' });
    await untilCounted(database, { total: 2, removed: 1 });
    await ingest(httpApiEvent({ userAgent: browser(1) }));
    await untilCounted(database, { total: 3, removed: 1 });
  });

  it('responds the same whether or not there was a row', async () => {
    const { ingest } = await setUp();
    await ingest(httpApiEvent());
    const [there, gone] = [await ingest(forgetting()), await ingest(forgetting())];
    expect(there).toEqual(gone);
    expect(there.statusCode).toBe(204);
  });

  it('can be requested by a page of another origin', async () => {
    const { ingest } = await setUp();
    const headers = { origin: 'https://a.example', 'access-control-request-method': 'DELETE' };
    const preflight = await ingest(
      httpApiEvent({ method: 'OPTIONS', path: '/sessions/me', headers }),
    );
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers['Access-Control-Allow-Methods']).toBe('POST,DELETE');
  });

  it('is refused to an origin that is not allowed, and then deletes nothing', async () => {
    const { database, ingest } = await setUp({
      HASH_SCHEME: 'sha256',
      ALLOWED_ORIGINS: 'https://a.example',
    });
    await ingest(httpApiEvent());
    const refused = await ingest(forgetting({ headers: { origin: 'https://b.example' } }));
    expect(refused.statusCode).toBe(403);
    expect(JSON.parse(refused.body).message).toContain('origin');
    project(database);
    await untilCounted(database, { total: 1, removed: 0 });
  });

  it('responds 503 while there is no key', async () => {
    const { ingest } = await setUp({});
    expect(await ingest(forgetting())).toMatchObject({
      statusCode: 503,
      headers: { 'Retry-After': '5' },
    });
  });
});
