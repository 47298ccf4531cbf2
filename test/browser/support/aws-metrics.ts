import type { Measurement } from '../../../src/local/cloudwatch/metric.ts';
import { noise } from './noise.ts';

/** The requests of one minute. */
export interface Requests {
  readonly started: number;
  readonly returning: number;
  readonly refused: Readonly<Record<string, number>>;
}

interface Minute extends Requests {
  readonly time: number;
  /** How old the newest batch of the stream was, in milliseconds, besides the usual half second. */
  readonly age: number;
  readonly isProjecting: boolean;
}

type Value = readonly [name: string, value: number, unit?: string];

/** Adds what API Gateway, Lambda and DynamoDB would emit for a minute. */
export const putAwsMetrics = (put: (measurement: Measurement) => void, minute: Minute): void => {
  const { started, returning, refused, time, age, isProjecting } = minute;
  const visits = started + returning + Object.values(refused).reduce((a, b) => a + b, 0);
  const to =
    (namespace: string, dimensions: Record<string, string>) =>
    (...values: readonly Value[]): void => {
      for (const [name, value, unit = 'Count'] of values) {
        put({ namespace, dimensions, name, value, unit, time });
      }
    };
  const api = to('AWS/ApiGateway', { ApiId: 'Api/Http' });
  for (let i = 0; i < visits * 2; i += 1) {
    const latency = 8 + 5 * noise(time, i) + 32 * noise(time, i + 0.5) ** 9;
    api(['Count', 1], ['Latency', latency, 'Milliseconds'], ['4xx', 0], ['5xx', 0]);
  }
  const functions = ['ingest', 'query', 'reporter', ...(isProjecting ? ['projector'] : [])];
  for (const name of functions) {
    to('AWS/Lambda', { FunctionName: `Functions/${name}/Function` })(
      ...([
        ['Errors', 0],
        ['Throttles', 0],
      ] as const),
      ...(name === 'projector' ? projectorValues(time, age) : []),
    );
  }
  const tables = (dimensions: Record<string, string>) => to('AWS/DynamoDB', dimensions);
  const index = { TableName: 'Tables/Sessions', GlobalSecondaryIndexName: 'active-sessions' };
  const written = started + returning;
  if (written > 0)
    tables({ TableName: 'Tables/Sessions' })(['ConsumedWriteCapacityUnits', written]);
  if (written > 0) tables(index)(['ConsumedWriteCapacityUnits', written * 2]);
  tables(index)(['ConsumedReadCapacityUnits', 1 + visits * 0.5]);
  tables({ TableName: 'Tables/Counts' })(['ConsumedReadCapacityUnits', 1 + visits * 0.5]);
  if (isProjecting) tables({ TableName: 'Tables/Counts' })(['ConsumedWriteCapacityUnits', 1]);
};

const projectorValues = (time: number, age: number): readonly Value[] => [
  ['IteratorAge', age + 380 + ((time / 60_000) % 17) * 31, 'Milliseconds'],
  ['Duration', 11 + ((time / 60_000) % 7), 'Milliseconds'],
];
