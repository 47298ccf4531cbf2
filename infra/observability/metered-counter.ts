import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { RefusalReason } from '../../src/domain/refusal-reason.ts';
import { METRIC, type MetricName } from '../../src/metrics/metric-names.ts';
import { type CounterMetrics, counterMetrics } from './metrics.ts';
import { findWatched, type WatchedMetricOptions } from './watched-metric-options.ts';

/** A counter with a method for each of its metrics, as constructs of the CDK have them. */
export abstract class MeteredCounter extends Construct {
  /** Distinguishes the metrics, the dashboard and the alarms of this counter from those of others. */
  abstract readonly name: string;
  /** The counters whose counts are metrics: the site's, and then the others in `watch`. */
  abstract readonly watchedCounters: readonly string[];

  /**
   * Sessions ever counted, as the widget shows them; of the site, or of the watched `counter`. A level: never sum it.
   * Count; maximum over 1 minute. One value a minute; none while the reporter fails.
   */
  metricDistinctSessions(props?: WatchedMetricOptions): Metric {
    return this.#watchedGauge(METRIC.distinctSessions, props);
  }

  /**
   * Sessions with a visit in the active window; of the site, or of the watched `counter`. A level: never sum it.
   * Count; maximum over 1 minute. One value a minute; none while the reporter fails.
   */
  metricActiveSessions(props?: WatchedMetricOptions): Metric {
    return this.#watchedGauge(METRIC.activeSessions, props);
  }

  /**
   * Visits that were counted or refused; a request that names two counters is two visits. Requests that the API
   * throttles are not among them.
   * Count; sum over 5 minutes. No value without visits.
   */
  metricVisits(props?: MetricOptions): Metric {
    return this.#count(METRIC.visits, props);
  }

  /**
   * Visits that were written to the sessions table, returning visitors included.
   * Count; sum over 5 minutes. No value without visits.
   */
  metricCounted(props?: MetricOptions): Metric {
    return this.#count(METRIC.counted, props);
  }

  /**
   * Visits that were refused for one reason; each reason is a metric of its own.
   * Count; sum over 5 minutes. No value without such visits.
   */
  metricRefused(reason: RefusalReason, props: MetricOptions = {}): Metric {
    return this.#attach(this.#metrics.refused(reason), props);
  }

  /**
   * Sessions that the projector added to the total.
   * Count; sum over 5 minutes. No value while the stream is idle.
   */
  metricNewSessions(props?: MetricOptions): Metric {
    return this.#count(METRIC.newSessions, props);
  }

  /**
   * Stream records that were delivered again and skipped, which is harmless.
   * Count; sum over 5 minutes. No value while there are none.
   */
  metricDuplicatesSkipped(props?: MetricOptions): Metric {
    return this.#count(METRIC.duplicatesSkipped, props);
  }

  /**
   * Stream records that could not be read, and so were not counted.
   * Count; sum over 5 minutes. No value while there are none.
   */
  metricMalformedRecords(props?: MetricOptions): Metric {
    return this.#count(METRIC.malformedRecords, props);
  }

  /**
   * Stream records that arrived too late to be counted.
   * Count; sum over 5 minutes. No value while there are none.
   */
  metricLateRecords(props?: MetricOptions): Metric {
    return this.#count(METRIC.lateRecords, props);
  }

  /**
   * Minutes in which the event source mapping was not confirmed to be enabled.
   * Count; sum over 5 minutes. No value while it is enabled.
   */
  metricStreamMappingDown(props?: MetricOptions): Metric {
    return this.#count(METRIC.streamMappingDown, props);
  }

  /**
   * The size of the counter item, the largest of those of the watched counters, whose limit is 400 KB.
   * Bytes; maximum over 1 minute. No value below 100 KB.
   */
  metricCounterItemBytes(props?: MetricOptions): Metric {
    return this.#gauge(METRIC.counterItemBytes, props);
  }

  /**
   * Minutes in which the last successful audit was more than 26 hours ago.
   * Count; sum over 5 minutes. No value while audits succeed, or with an `auditSchedule` of your own.
   */
  metricAuditOverdue(props?: MetricOptions): Metric {
    return this.#count(METRIC.auditOverdue, props);
  }

  /**
   * Sessions and removals that all counters lack together, according to the audit; 0 when they match the rows.
   * Count; maximum over 1 minute. One value for each audit.
   */
  metricCounterDrift(props?: MetricOptions): Metric {
    return this.#gauge(METRIC.counterDrift, props);
  }

  /**
   * The possible error of the drift: rows that were added or deleted during the audit.
   * Count; maximum over 1 minute. One value for each audit.
   */
  metricDriftUncertainty(props?: MetricOptions): Metric {
    return this.#gauge(METRIC.driftUncertainty, props);
  }

  get #metrics(): CounterMetrics {
    return counterMetrics(this.name);
  }

  #count(name: MetricName, props: MetricOptions = {}): Metric {
    return this.#attach(this.#metrics.count(name), props);
  }

  #gauge(name: MetricName, props: MetricOptions = {}): Metric {
    return this.#attach(this.#metrics.gauge(name), props);
  }

  #watchedGauge(name: MetricName, { counter, ...props }: WatchedMetricOptions = {}): Metric {
    const watched = findWatched(counter, this.watchedCounters);
    return this.#attach(counterMetrics(this.name, watched).gauge(name), props);
  }

  // An alarm or dashboard in another region or account then knows where the metric is.
  #attach(metric: Metric, props: MetricOptions): Metric {
    return metric.with(props).attachTo(this);
  }
}
