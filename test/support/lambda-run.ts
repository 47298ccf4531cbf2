/**
 * Runs the Lambda entry points on the requests and batches from standard input. Prints nothing itself, so
 * that its output is exactly what the functions log.
 */
import { text } from 'node:stream/consumers';
import type { ApiEvent } from '../../src/http/http-request.ts';
import { handler as ingest } from '../../src/ingest/lambda.ts';
import { handler as legacy } from '../../src/legacy/lambda.ts';
import { handler as project } from '../../src/projector/lambda.ts';
import type { StreamEvent } from '../../src/projector/stream-batch.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import { createEntryPoint } from '../../src/runtime/entry-point.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';

// Its entry point reads the widget, which only a build puts into its folder.
const query = createEntryPoint(() => createQueryHandler(process.env, createDocumentClient(), ''));
const HANDLERS = { ingest, query, legacy };

export interface LambdaRun {
  readonly requests: {
    readonly handler: keyof typeof HANDLERS;
    readonly event: Partial<ApiEvent>;
  }[];
  readonly batches: StreamEvent[];
}

let calls = 0;
const nextContext = () => {
  calls += 1;
  return { awsRequestId: `request-${calls}`, getRemainingTimeInMillis: () => 15_000 };
};

const { requests, batches }: LambdaRun = JSON.parse(await text(process.stdin));
for (const { handler, event } of requests) await HANDLERS[handler](event, nextContext());
for (const batch of batches) await project(batch, nextContext()).catch(() => undefined);
