import type { Log } from '../../runtime/log.ts';
import { CloudWatchError } from '../cloudwatch/cloudwatch-error.ts';
import type { LocalCloudWatch } from '../cloudwatch/local-cloudwatch.ts';
import type { Metric } from '../cloudwatch/metric.ts';
import { type AccessLogEntry, formatAccessLine } from './adapters/access-line.ts';
import { ACCESS_LOG_GROUP } from './local-names.ts';
import type { Observed } from './observed.ts';

/** Adds a value of a metric, measured now. Never throws. */
export type Put = (metric: Metric, value: number, unit: 'Count' | 'Milliseconds') => void;

/** Takes what is observed before and after CloudWatch is ready. None of its functions throws. */
export interface Collector {
  readonly put: Put;
  /** Adds a line that was written to a log group now. */
  readonly write: (logGroupName: string, line: string) => void;
  /** Adds a line to the access log. */
  readonly writeAccess: (entry: AccessLogEntry) => void;
  /** Passes everything on to CloudWatch, beginning with what was observed before. */
  readonly connect: (cloudWatch: LocalCloudWatch, observed: Observed) => void;
  /** Forgets everything, and all that follows. */
  readonly close: () => void;
}

/** How much is remembered until CloudWatch is ready: that of ten seconds with 500 visits a second. */
export const MAX_WAITING = 100_000;

type Observation = (cloudWatch: LocalCloudWatch, observed: Observed) => void;

/** A collector that logs each failure once, because the same could follow every second. */
export const createCollector = (log: Log): Collector => {
  let waiting: Observation[] = [];
  let pass: ((observation: Observation) => void) | undefined;
  const logOnce = createLogOnce(log);
  const wait = (observation: Observation): void => {
    if (waiting.length < MAX_WAITING) waiting.push(observation);
    else logOnce(failAsFull);
  };
  const add = (observation: Observation): void => (pass ?? wait)(observation);
  return {
    put: (metric, value, unit) => {
      const measurement = { ...metric, value, unit, time: Date.now() };
      add((cloudWatch) => cloudWatch.put(measurement));
    },
    write: (logGroupName, line) => {
      const time = Date.now();
      add((cloudWatch) => cloudWatch.ingest({ logGroupName, line, time }));
    },
    writeAccess: (entry) => {
      const time = Date.now();
      add(({ ingest }, { accessLogFormat }) => {
        const line = formatAccessLine(accessLogFormat, entry);
        ingest({ logGroupName: ACCESS_LOG_GROUP, line, time });
      });
    },
    connect: (cloudWatch, observed) => {
      pass = (observation) => logOnce(() => observation(cloudWatch, observed));
      waiting.forEach(pass);
      waiting = [];
    },
    close: () => {
      pass = () => undefined;
      waiting = [];
    },
  };
};

const failAsFull = (): void => {
  throw new CloudWatchError(
    `More than ${MAX_WAITING} values were observed before the template was loaded; the dashboard lacks the rest.`,
  );
};

const MAX_LOGGED = 20;

const createLogOnce = (log: Log): ((work: () => void) => void) => {
  const logged = new Set<string>();
  return (work) => {
    try {
      work();
    } catch (error) {
      const { message } = error as Error;
      if (logged.has(message) || logged.size >= MAX_LOGGED) return;
      logged.add(message);
      log.error('Something could not be observed; this is logged once', error as Error);
    }
  };
};
