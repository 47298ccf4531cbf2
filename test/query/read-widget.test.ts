import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HttpResponse } from '../../src/http/http-response.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { useDatabase } from '../support/embedded-database.ts';

const database = useDatabase();
const SOURCE = 'export const text = "Überschrift";\n'.repeat(50);

const createHandler = (widget = SOURCE) => {
  const { client, tables } = database();
  return createQueryHandler({ ...tables, ALLOWED_ORIGINS: 'https://a.example' }, client, widget);
};

const readWidget = (headers: Record<string, string> = {}, handler = createHandler()) =>
  handler(httpApiEvent({ method: 'GET', path: '/widget.js', headers }));

const bytesOf = ({ body, isBase64Encoded = false }: HttpResponse): Buffer =>
  Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');

const GZIP = { 'accept-encoding': 'gzip, deflate, br' };

describe('the widget', () => {
  it('may be loaded by pages of every origin, so that it can show what is wrong', async () => {
    const answer = await readWidget({ origin: 'https://b.example' });
    expect(answer).toMatchObject({ statusCode: 200, body: SOURCE });
    expect(answer.headers).toMatchObject({
      'Access-Control-Allow-Origin': '*',
      'Content-Type': 'text/javascript; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
    });
    expect(answer.headers).not.toHaveProperty('Content-Encoding');
  });

  it('is gzipped for a browser that accepts it', async () => {
    const answer = await readWidget(GZIP);
    expect(answer).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    expect(answer.headers).toMatchObject({ 'Content-Encoding': 'gzip' });
    expect(gunzipSync(bytesOf(answer)).toString()).toBe(SOURCE);
    expect(bytesOf(answer).length).toBeLessThan(SOURCE.length / 5);
  });

  it.each([{}, GZIP])('is cacheable for a day, separately for each encoding', async (headers) => {
    expect((await readWidget(headers)).headers).toMatchObject({
      'Cache-Control': 'public, max-age=86400',
      Vary: 'Accept-Encoding',
    });
  });

  it.each([{}, GZIP])('is not sent again to a browser that has it: %j', async (headers) => {
    const handler = createHandler();
    const { headers: received } = await readWidget(headers, handler);
    const again = { ...headers, 'if-none-match': received.ETag ?? '' };
    const { ETag, 'Cache-Control': caching, Vary } = received;
    for (const each of [handler, createHandler()]) {
      const answer = await readWidget(again, each);
      expect(answer).toMatchObject({ statusCode: 304, body: '' });
      expect(answer.headers).toMatchObject({
        ...{ ETag, 'Cache-Control': caching, Vary },
        'Access-Control-Allow-Origin': '*',
      });
    }
  });

  it('has another entity tag for each version and each encoding', async () => {
    const tags = [];
    for (const headers of [{}, GZIP]) {
      for (const widget of [SOURCE, `${SOURCE}//`]) {
        tags.push((await readWidget(headers, createHandler(widget))).headers.ETag);
      }
    }
    expect(new Set(tags).size).toBe(4);
    for (const tag of tags) expect(tag).toMatch(/^"[\w-]{43}"$/);
    const stale = await readWidget({ 'if-none-match': tags[0] ?? '' }, createHandler('changed'));
    expect(stale.statusCode).toBe(200);
  });

  it('has the integrity hash of its text in both encodings', async () => {
    const hash = (text: Buffer) => createHash('sha384').update(text).digest('base64');
    const [plain, gzipped] = [await readWidget(), await readWidget(GZIP)];
    expect(hash(gunzipSync(bytesOf(gzipped)))).toBe(hash(bytesOf(plain)));
  });
});
