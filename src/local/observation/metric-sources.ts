import { METRIC, METRIC_NAMESPACE } from '../../metrics/metric-names.ts';

/** Where the values of a metric come from in the local run. */
export interface MetricSource {
  readonly namespace: string;
  readonly name: string;
  readonly from: 'measured here' | 'on AWS only';
  /** How it is measured, or why it is not; a sentence. */
  readonly reason: string;
}

const FUNCTIONS = 'The functions emit it, in embedded metric format.';

/** The namespace of the metric filters of a counter is this one, a slash and the name of the counter. */
export const FILTERED_NAMESPACE = `${METRIC_NAMESPACE}/*`;

const sourcesOf = (
  namespace: string,
  from: MetricSource['from'],
  reasons: Readonly<Record<string, string>>,
): MetricSource[] =>
  Object.entries(reasons).map(([name, reason]) => ({ namespace, name, from, reason }));

/** Where each metric comes from that an alarm or a widget of any template of a counter reads. */
export const METRIC_SOURCES: readonly MetricSource[] = [
  ...sourcesOf(
    METRIC_NAMESPACE,
    'measured here',
    Object.fromEntries(Object.values(METRIC).map((name) => [name, FUNCTIONS])),
  ),
  ...sourcesOf(FILTERED_NAMESPACE, 'measured here', {
    RateLimited:
      'A metric filter finds the visits that were refused as rate. The API on this machine throttles no request.',
  }),
  ...sourcesOf(FILTERED_NAMESPACE, 'on AWS only', {
    Throttled: 'The API on this machine throttles no request, and no function answers 429.',
  }),
  ...sourcesOf('AWS/ApiGateway', 'measured here', {
    Count: 'The HTTP server counts the requests that it passes to a function.',
    '4xx': 'The HTTP server counts the responses with such a status.',
    '5xx': 'The HTTP server counts the responses with such a status.',
    Latency: 'The HTTP server measures how long a function takes to respond, without a network.',
  }),
  ...sourcesOf('AWS/Lambda', 'measured here', {
    Errors: 'A call that throws is an error.',
    Duration: 'It is measured around each call, on this machine.',
    IteratorAge:
      'It is measured when the event source mapping delivers a batch; records have whole seconds.',
    Throttles: 'It is 0 for each call, because nothing limits the calls on this machine.',
  }),
  ...sourcesOf('AWS/DynamoDB', 'measured here', {
    ConsumedReadCapacityUnits: 'DynamoDB reports it with each response to a function.',
    ConsumedWriteCapacityUnits:
      'DynamoDB reports it with each response to a function; a write whose condition fails is missing.',
    ThrottledRequests:
      'Each throttled request of a function is counted. The embedded DynamoDB throttles none.',
  }),
];

/** The source of a metric; undefined for a metric that the local run does not know. */
export const findSource = (metric: {
  readonly namespace: string;
  readonly name: string;
}): MetricSource | undefined => {
  const isFiltered = metric.namespace.startsWith(`${METRIC_NAMESPACE}/`);
  const namespace = isFiltered ? FILTERED_NAMESPACE : metric.namespace;
  return METRIC_SOURCES.find(
    (source) => source.namespace === namespace && source.name === metric.name,
  );
};
