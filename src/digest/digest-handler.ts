import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SITE } from '../domain/counter-name.ts';
import { type DigestSettings, readDigestSettings } from '../settings/digest-settings.ts';
import type { Environment } from '../settings/readers.ts';
import { readAudit } from '../tables/audit-item.ts';
import { readShownCounter } from '../tables/read-counter.ts';
import type { CounterSummary, Digest } from './digest.ts';
import { lastPeriod } from './digest-period.ts';
import { formatDigest } from './format-digest.ts';
import { readMeteredUse } from './metered-use.ts';
import { sendMail } from './send-mail.ts';
import { createSumMetrics } from './sum-metrics.ts';
import { summarizeCounter } from './summarize-counter.ts';

/** The services that the digest uses. */
export interface DigestClients {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly cloudwatch: CloudWatchClient;
  readonly sns: SNSClient;
}

/**
 * The handler of the digest function, which runs weekly or monthly: it sends one e-mail about the last complete week or
 * month. It is not part of the audit, which reads all rows: this function reads none, its permissions exist only where
 * there is a digest, and it sends one also when the audit fails. A repeated call sends it again. Throws, and sends
 * nothing, when a counter, the audit or a metric cannot be read. Throws a SettingError when a setting in `env` is
 * missing or malformed.
 */
export const createDigestHandler = (
  env: Environment,
  clients: DigestClients,
  now: () => number = Date.now,
): (() => Promise<void>) => {
  const settings = readDigestSettings(env);
  return async () => {
    const digest = await readDigest(settings, clients, now());
    await sendMail(clients.sns, settings.topicArn, formatDigest(digest));
  };
};

const readDigest = async (
  settings: DigestSettings,
  { dynamodb, cloudwatch }: DigestClients,
  nowMs: number,
): Promise<Digest> => {
  const { countsTable, counterName, watchedCounters } = settings;
  const period = lastPeriod(settings.rhythm, nowMs);
  const summarize = async (name: string): Promise<CounterSummary> =>
    summarizeCounter(
      name,
      await readShownCounter(dynamodb, countsTable, 'strong', name),
      period,
      nowMs,
    );
  const others = watchedCounters.filter((name) => name !== SITE);
  const [site, otherSummaries, audit, use] = await Promise.all([
    summarize(SITE),
    Promise.all(others.map(summarize)),
    readAudit(dynamodb, countsTable),
    readMeteredUse(settings, createSumMetrics(cloudwatch, period)),
  ]);
  return { name: counterName, period, site, others: otherSummaries, audit, ...use };
};
