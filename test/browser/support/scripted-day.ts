import type { LocalCloudWatch } from '../../../src/local/cloudwatch/local-cloudwatch.ts';
import { createMeter } from '../../../src/metrics/meter.ts';
import { putAwsMetrics, type Requests } from './aws-metrics.ts';
import { noise } from './noise.ts';

const MINUTE_MS = 60_000;

export interface Script {
  /** The end of the last minute, in milliseconds since 1970. */
  readonly end: number;
  readonly minutes: number;
  /** How many minutes before the end the projector stopped, and for how long. */
  readonly outage?: { readonly before: number; readonly minutes: number };
}

/**
 * Fills a CloudWatch of the counter `blog` minute by minute, and evaluates its alarms: visits as on a quiet page, in
 * the lines that the real meter writes, and what AWS would add. The same for the same script.
 */
export const playScript = (cloudWatch: LocalCloudWatch, script: Script): void => {
  const { end, minutes, outage } = script;
  const recent: number[] = [];
  let [total, uncounted] = [2_841, 0];
  for (let left = minutes; left > 0; left -= 1) {
    const time = end - left * MINUTE_MS;
    const isDown = !!outage && left <= outage.before && left > outage.before - outage.minutes;
    const requests = requestsAt(time, end);
    recent.push(requests.started);
    uncounted += requests.started;
    const newSessions = isDown ? 0 : uncounted;
    total += newSessions;
    uncounted -= newSessions;
    const active = recent.slice(-60).reduce((sum, count) => sum + count, 0);
    for (const line of linesOf(requests, { newSessions, total, active, time })) {
      cloudWatch.ingest({ logGroupName: 'Functions', line, time });
    }
    const age = isDown ? 0 : ageAfter(outage, left);
    putAwsMetrics(cloudWatch.put, { ...requests, time, age, isProjecting: newSessions > 0 });
    cloudWatch.tick(time + MINUTE_MS);
  }
};

// The first batch after an outage is as old as that.
const ageAfter = (outage: Script['outage'], left: number): number =>
  outage && left === outage.before - outage.minutes ? outage.minutes * MINUTE_MS : 0;

// Most visits come in the hours before the end, and fewest half a day earlier.
const requestsAt = (time: number, end: number): Requests => {
  const hoursToPeak = (end - time) / 3_600_000 - 3;
  const rate =
    0.2 + 1.5 * Math.max(0, Math.cos((hoursToPeak / 24) * 2 * Math.PI) * 0.7 + 0.3) ** 1.5;
  return {
    started: Math.floor(rate * 0.45 + noise(time, 1)),
    returning: Math.floor(rate * 0.9 + noise(time, 2)),
    refused: {
      bot: noise(time, 3) > 0.5 ? 1 : 0,
      prefetch: noise(time, 4) > 0.9 ? 1 : 0,
      automation: noise(time, 5) > 0.93 ? 1 : 0,
    },
  };
};

interface Counts {
  readonly newSessions: number;
  readonly total: number;
  readonly active: number;
  readonly time: number;
}

const linesOf = ({ started, returning, refused }: Requests, counts: Counts): string[] => {
  const { newSessions, total, active, time } = counts;
  const meter = createMeter('blog');
  return linesAt(time, () => {
    for (let i = 0; i < started + returning; i += 1) meter({ Visits: 1, Counted: 1 });
    for (const [reason, count] of Object.entries(refused)) {
      if (count > 0) meter({ Visits: count });
      if (count > 0) meter({ Refused: count }, reason);
    }
    if (newSessions > 0) meter({ NewSessions: newSessions });
    meter({ DistinctSessions: total, ActiveSessions: active });
    if (new Date(time).toISOString().includes('T04:17')) {
      meter({ CounterDrift: 0, DriftUncertainty: 0 });
    }
  });
};

// The meter writes to standard output, with the time of now.
const linesAt = (time: number, write: () => void): string[] => {
  const { write: original } = process.stdout;
  const lines: string[] = [];
  process.stdout.write = (chunk: string | Uint8Array) => lines.push(chunk.toString()) > 0;
  try {
    write();
  } finally {
    process.stdout.write = original;
  }
  return lines.map((line) => {
    const { _aws, ...rest } = JSON.parse(line);
    return JSON.stringify({ _aws: { ..._aws, Timestamp: time }, ...rest });
  });
};
