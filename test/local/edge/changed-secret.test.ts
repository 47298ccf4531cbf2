import { expect, it, onTestFinished } from 'vitest';
import { createEdge } from '../../../src/local/edge/edge.ts';
import { openHttpServer } from '../../../src/local/http-server/http-server.ts';
import { askAs } from '../../support/ask-as.ts';
import { FORGED, FORMER, SECRET } from '../../support/edge-handlers.ts';
import { runLocalCounter } from '../../support/local-counter.ts';
import { useEmbeddedDynamoDB } from '../../support/test-environment.ts';

useEmbeddedDynamoDB();

it('while the secret is changed, edges with the new and the former one are answered', async () => {
  const openEdge = async (counterUrl: string, secret: string) => {
    const server = await openHttpServer(0);
    onTestFinished(server.stop);
    const site = async () => ({ statusCode: 404, headers: {}, body: '' });
    const behaviors = { hasListedOrigins: false, hasLegacyRoute: false };
    server.serve(createEdge({ ...behaviors, prefix: '', counterUrl, secret, site }));
    return server.url;
  };
  const statusThrough = async (counterUrl: string, secret: string) =>
    (await askAs(`${await openEdge(counterUrl, secret)}/counts`)).status;
  const changing = { EDGE_SECRET: SECRET, EDGE_SECRET_PREVIOUS: FORMER };
  const during = (await runLocalCounter({ env: changing })).url;
  expect(await statusThrough(during, SECRET)).toBe(200);
  expect(await statusThrough(during, FORMER)).toBe(200);
  expect(await statusThrough(during, FORGED)).toBe(403);
  const after = (await runLocalCounter({ env: { EDGE_SECRET: SECRET } })).url;
  expect(await statusThrough(after, FORMER)).toBe(403);
});
