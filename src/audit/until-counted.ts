import { AuditError } from './audit-error.ts';
import type { IsCounted } from './stream-progress.ts';

export interface UntilCountedDependencies {
  readonly isCounted: IsCounted;
  /** DynamoDB's clock, epoch milliseconds; at most a second ahead, never behind. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

const TIMEOUT_MS = 10 * 60_000;
/** How long `waitUntilCounted` sleeps between two looks at the stream, in milliseconds. */
export const PAUSE_MS = 1_000;

/**
 * Resolves when everything written to the table until now is counted, as far as the stream shows, for the
 * known counters and for those of these names. Throws an AuditError when the projector needs more than ten
 * minutes.
 */
export const waitUntilCounted = async (
  { isCounted, now, sleep }: UntilCountedDependencies,
  names: readonly string[] = [],
): Promise<void> => {
  const untilMs = now();
  const giveUpAt = untilMs + TIMEOUT_MS;
  for (let askedMs = untilMs; !(await isCounted(untilMs, names)); askedMs = now()) {
    // Not the time of the answer: with many counters, reading the stream may take minutes.
    if (askedMs > giveUpAt) {
      throw new AuditError(
        'The projector is more than ten minutes behind the table. See stream-behind in docs/operations.md',
      );
    }
    await sleep(PAUSE_MS);
  }
};
