import type { FunctionName } from '../../src/settings/function-name.ts';

/** The limits of a function. */
export interface FunctionLimits {
  /** It also sets the share of a vCPU: a whole one at 1,769 MB. */
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
}

/**
 * The limits of the deployed functions. The client in `src/tables` gives up on DynamoDB after 8
 * seconds without an answer; each timeout is longer, so that the function can log the error.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
export const FUNCTION_LIMITS = {
  /**
   * One small write: 8 s for DynamoDB, about 3 s for the first read of the key, and the start. The first visit of a
   * name that a pattern matches needs two more requests, and gets 503 if all of them are slow. Visitors wait
   * for it, as for query and legacy: docs/performance.md compares sizes of memory.
   */
  ingest: { memoryMegabytes: 512, timeoutSeconds: 15 },
  /**
   * A full batch is 10,000 records, about 20 MB when parsed, with one write for each counter in it and up to ten attempts
   * of each. If every record is of another counter, that is 625 rounds of 16 writes, and a round may take 140 ms.
   */
  projector: { memoryMegabytes: 512, timeoutSeconds: 90 },
  /**
   * Two parallel reads, which give up after 8 s each. For a name that a pattern admits they are one after the
   * other; when both are as slow as they may be, it answers 503 before it times out. The HTTP API gives up after 30 s.
   */
  query: { memoryMegabytes: 512, timeoutSeconds: 15 },
  /** The reads of query. Much shorter than the minute between two runs. */
  reporter: { memoryMegabytes: 256, timeoutSeconds: 15 },
  /** Reads every row, page by page, and keeps none. The maximum of Lambda. */
  audit: { memoryMegabytes: 512, timeoutSeconds: 900 },
  /**
   * The write of ingest, then the reads of query. No longer than ingest, because until then a visit may
   * undo a deletion; when both are as slow as they may be, it answers 503 before it times out.
   */
  legacy: { memoryMegabytes: 512, timeoutSeconds: 15 },
  /** Reads that give up after 30 s, then one publication that does, too. Nobody waits for it. */
  digest: { memoryMegabytes: 256, timeoutSeconds: 90 },
} as const satisfies Record<FunctionName, FunctionLimits>;
