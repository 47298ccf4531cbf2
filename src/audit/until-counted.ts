import { AuditError } from './audit-error.ts';
import type { IsCounted } from './stream-progress.ts';

export interface UntilCountedDependencies {
  readonly isCounted: IsCounted;
  /** DynamoDB's clock, epoch milliseconds; ahead of it by a second at most, never behind. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

const PATIENCE_MS = 10 * 60_000;
const PAUSE_MS = 1_000;

/**
 * Resolves when all that was written to the table until `untilMs` is counted, as far as the stream
 * tells. Throws an AuditError when the projector does not get there in ten minutes.
 */
export const waitUntilCounted = async (
  { isCounted, now, sleep }: UntilCountedDependencies,
  untilMs: number = now(),
): Promise<void> => {
  const giveUpAt = now() + PATIENCE_MS;
  while (!(await isCounted(untilMs))) {
    if (now() > giveUpAt) {
      throw new AuditError(
        'The projector is ten minutes behind the table. See stream-behind in docs/operations.md',
      );
    }
    await sleep(PAUSE_MS);
  }
};
