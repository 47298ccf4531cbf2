import { expect, it } from 'vitest';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { useDatabase } from '../support/embedded-database.ts';

const database = useDatabase();

it('pages of every origin may load the widget, so that it can show what is wrong', async () => {
  const { client, tables } = database();
  const settings = { ...tables, ALLOWED_ORIGINS: 'https://a.example' };
  const headers = { origin: 'https://b.example' };
  const event = httpApiEvent({ method: 'GET', path: '/widget.js', headers });
  const answer = await createQueryHandler(settings, client, 'export {};')(event);
  expect(answer).toMatchObject({ statusCode: 200, body: 'export {};' });
  expect(answer.headers).toMatchObject({
    'Access-Control-Allow-Origin': '*',
    'Cache-Control': 'public, max-age=3600',
    'Content-Type': 'text/javascript; charset=utf-8',
  });
});
