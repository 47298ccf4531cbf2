import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { httpApiEvent, restApiEvent } from './support/api-events.ts';
import { browser } from './support/browsers.ts';
import { FORGED, FORMER, fromEdge, SECRET } from './support/edge-handlers.ts';
import { useDatabase } from './support/embedded-database.ts';
import { expectNoneOf } from './support/expect-none-of.ts';
import type { LambdaRun } from './support/lambda-run.ts';
import { readMetricLines } from './support/metric-lines.ts';
import { runLambdas } from './support/run-lambdas.ts';

const database = useDatabase();

const VIEWERS = ['192.0.2.77:46532', '2001:db8:77:99::1:46532'];
const USER_AGENT = `${browser()} TellTale/77`;
const OLD_READER = `${USER_AGENT} OldReader`;
const OTHERS = { 'X-Forwarded-For': '198.51.100.77', 'User-Agent': USER_AGENT };
const PRIVATE = [
  ...['192.0.2.77', '2001:db8:77', '46532', '198.51.100.77', 'TellTale', 'Mozilla'],
  ...[SECRET, FORMER, FORGED, 'secret-of-the-edge'],
];

const expectNothingPrivate = (where: string, content: string): void =>
  expectNoneOf(PRIVATE, where, content);

const AWAY = { SESSIONS_TABLE: 'away', COUNTS_TABLE: 'gone' };

const edgeRun: LambdaRun = {
  requests: [httpApiEvent, restApiEvent].flatMap((event) =>
    [
      ...VIEWERS.flatMap((viewer) => [SECRET, FORMER, FORGED].map((one) => fromEdge(viewer, one))),
      { ...fromEdge(VIEWERS[0]), 'X-Counter-Edge-Secret': SECRET },
      fromEdge('192.0.2.77'),
      {},
    ].flatMap((edge) => {
      const facts = { headers: { ...OTHERS, ...edge }, userAgent: USER_AGENT };
      return [
        { handler: 'ingest', event: event(facts) },
        { handler: 'query', event: event({ ...facts, method: 'GET', path: '/counts' }) },
        {
          handler: 'legacy',
          event: event({ ...facts, method: 'GET', path: '/', userAgent: OLD_READER }),
        },
      ] as const;
    }),
  ),
  batches: [],
};
const ADMITTED = 2 * 2 * VIEWERS.length; // of each function

it('nothing that an edge sends reaches a row, a log or a metric, whether the request is refused or not', async () => {
  const { client, tables } = database();
  const edge = { EDGE_SECRET: SECRET, EDGE_SECRET_PREVIOUS: FORMER };
  const log = await runLambdas(database(), edgeRun, { ...tables, ...edge });
  expectNothingPrivate('log', log);
  // Only requests of the edge are visits.
  const visits = readMetricLines(log).filter(({ metrics }) => 'Visits' in metrics);
  expect(visits).toHaveLength(2 * ADMITTED);
  const rows = await client.send(new ScanCommand({ TableName: tables.SESSIONS_TABLE }));
  expect(rows.Count).toBe(2 * VIEWERS.length);
  expectNothingPrivate('sessions', JSON.stringify(rows.Items));

  const failed = await runLambdas(database(), edgeRun, { ...AWAY, ...edge });
  expect(failed.match(/The request failed/g)).toHaveLength(3 * ADMITTED);
  expectNothingPrivate('log of failures', failed);

  const unread = { EDGE_SECRET_ID: 'edge', AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:9' };
  const unknown = await runLambdas(database(), edgeRun, { ...tables, ...unread });
  expect(unknown).toContain('The edge secret of EDGE_SECRET_ID cannot be read');
  expectNothingPrivate('log without the secret', unknown);
});
