import type { FunctionName } from '../../src/settings/function-name.ts';

/** What a function may use. */
export interface FunctionLimits {
  /** Lambda gives a share of a processor with it: a whole one at 1,769 MB. */
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
}

/**
 * The limits of the deployed functions. The client of `src/tables` gives up on a DynamoDB that
 * does not answer after 8 seconds; a timeout is longer, so that a function can say what is wrong.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
export const FUNCTION_LIMITS = {
  /** One small write. 8 s for DynamoDB, about 3 s for the first read of the key, and a start. */
  ingest: { memoryMegabytes: 256, timeoutSeconds: 15 },
  /** A full batch is 10,000 records, some 20 MB once parsed; ten attempts of its one write. */
  projector: { memoryMegabytes: 512, timeoutSeconds: 90 },
  /** Two reads at once, each given up after 8 s. The HTTP API itself gives up after 30 s. */
  query: { memoryMegabytes: 256, timeoutSeconds: 15 },
  /** What query reads. Far less than the minute that lies between two runs. */
  reporter: { memoryMegabytes: 256, timeoutSeconds: 15 },
  /** Reads every row, page by page, and keeps none: Lambda's longest time. */
  audit: { memoryMegabytes: 512, timeoutSeconds: 900 },
} as const satisfies Record<FunctionName, FunctionLimits>;
