import { UNIT_PRICES } from '../../src/digest/unit-prices.ts';

/** The price in us-east-1 for one kind of use. */
export interface Price {
  readonly name: string;
  readonly usd: number;
  /** The number of units that `usd` buys. */
  readonly per: number;
  readonly unit: string;
  /** Units that are free each month in every account without a time limit. */
  readonly free: number;
  readonly link: string;
}

/** How much of something is used in a month. */
export type Use = readonly [price: Price, quantity: number];

const LINK = {
  apiGateway: 'https://aws.amazon.com/api-gateway/pricing/',
  lambda: 'https://aws.amazon.com/lambda/pricing/',
  dynamodb: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  cloudwatch: 'https://aws.amazon.com/cloudwatch/pricing/',
  kms: 'https://aws.amazon.com/kms/pricing/',
  dataTransfer: 'https://aws.amazon.com/ec2/pricing/on-demand/',
  cloudFront: 'https://aws.amazon.com/cloudfront/pricing/',
  secretsManager: 'https://aws.amazon.com/secrets-manager/pricing/',
} as const;

const MILLION = 1_000_000;

const price = (
  name: string,
  cost: Pick<Price, 'usd' | 'unit' | 'link'> & Partial<Price>,
): Price => ({ name, per: 1, free: 0, ...cost });

/** The list prices of the services used, in their first tier; a GB is 10^9 bytes. */
export const PRICES = {
  httpRequests: price('HTTP API', {
    ...UNIT_PRICES.requests,
    unit: 'requests',
    link: LINK.apiGateway,
  }),
  lambdaRequests: price('Lambda', {
    ...UNIT_PRICES.calls,
    unit: 'requests',
    free: MILLION,
    link: LINK.lambda,
  }),
  lambdaDuration: price('Lambda, arm64', {
    ...UNIT_PRICES.gigabyteSeconds,
    unit: 'GB-seconds',
    free: 400_000,
    link: LINK.lambda,
  }),
  writeUnits: price('DynamoDB on demand', {
    ...UNIT_PRICES.writeUnits,
    unit: 'write units',
    link: LINK.dynamodb,
  }),
  readUnits: price('DynamoDB on demand', {
    ...UNIT_PRICES.readUnits,
    unit: 'read units',
    link: LINK.dynamodb,
  }),
  storage: price('DynamoDB', { usd: 0.25, unit: 'GB stored', free: 25, link: LINK.dynamodb }),
  recovery: price('DynamoDB point-in-time recovery', {
    usd: 0.2,
    unit: 'GB in tables',
    link: LINK.dynamodb,
  }),
  keyRequests: price('KMS', {
    usd: 0.03,
    per: 10_000,
    unit: 'requests',
    free: 20_000,
    link: LINK.kms,
  }),
  logs: price('CloudWatch', { usd: 0.5, unit: 'GB of logs', free: 5, link: LINK.cloudwatch }),
  logStorage: price('CloudWatch', {
    usd: 0.03,
    unit: 'GB of logs kept',
    free: 5,
    link: LINK.cloudwatch,
  }),
  metrics: price('CloudWatch', {
    usd: 0.3,
    unit: 'custom metrics',
    free: 10,
    link: LINK.cloudwatch,
  }),
  alarms: price('CloudWatch', {
    usd: 0.1,
    unit: 'metrics of alarms',
    free: 10,
    link: LINK.cloudwatch,
  }),
  dashboards: price('CloudWatch', { usd: 3, unit: 'dashboards', free: 3, link: LINK.cloudwatch }),
  transfer: price('Data transfer', {
    usd: 0.09,
    unit: 'GB to the internet',
    free: 100,
    link: LINK.dataTransfer,
  }),
  edgeRequests: price('CloudFront', {
    ...{ usd: 0.01, per: 10_000, unit: 'HTTPS requests' },
    ...{ free: 10 * MILLION, link: LINK.cloudFront },
  }),
  edgeTransfer: price('CloudFront', {
    ...{ usd: 0.085, unit: 'GB to the internet', free: 1_000, link: LINK.cloudFront },
  }),
  edgeFunctions: price('CloudFront', {
    ...{ usd: 0.1, per: MILLION, unit: 'calls of functions' },
    ...{ free: 2 * MILLION, link: LINK.cloudFront },
  }),
  secrets: price('Secrets Manager', { usd: 0.4, unit: 'secrets', link: LINK.secretsManager }),
  secretReads: price('Secrets Manager', {
    ...{ usd: 0.05, per: 10_000, unit: 'requests', link: LINK.secretsManager },
  }),
} as const satisfies Record<string, Price>;
