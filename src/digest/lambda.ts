import { createEntryPoint } from '../runtime/entry-point.ts';
import { createDocumentClient } from '../tables/document-client.ts';
import { createDigestHandler } from './digest-handler.ts';
import { createSnsClient } from './send-mail.ts';
import { createCloudWatchClient } from './sum-metrics.ts';

/** The entry point on Lambda; throws during INIT when a setting is malformed. */
export const handler = createEntryPoint(() =>
  createDigestHandler(process.env, {
    dynamodb: createDocumentClient(),
    cloudwatch: createCloudWatchClient(),
    sns: createSnsClient(),
  }),
);
