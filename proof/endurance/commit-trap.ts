import { setTimeout as delay } from 'node:timers/promises';

/** What happens to a commit that falls into the trap. */
export type Trap =
  /** It never reaches DynamoDB; its sender is to be killed. */
  | 'before the commit'
  /** Its answer never reaches its sender, which is to be killed. */
  | 'after the commit'
  /** It is refused with all that follow, for longer than the SDK tries. */
  | 'refused';

/**
 * Waits for commits of the counter. Kills at random moments seldom meet the few milliseconds
 * between two steps that matter most, and the SDK rides out single faults.
 */
export interface Ambush {
  /** Resolves when a commit is caught, or is refused long enough; to false when none came. */
  readonly lie: (trap: Trap) => Promise<boolean>;
  /** What is to happen to the request with this body, if it is a commit that was waited for. */
  readonly spring: (body: Buffer) => Trap | undefined;
}

const PATIENCE_MS = 2_000;
const REFUSAL_MS = 2_500;

/** An ambush for writes to `countsTable`, which only the projector makes. */
export const createAmbush = (countsTable: string): Ambush => {
  let laid: { readonly trap: Trap; readonly tell: () => void } | undefined;
  return {
    lie: async (trap) => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      laid = { trap, tell: () => resolve(true) };
      const isCaught = await Promise.race([promise, delay(PATIENCE_MS, false)]);
      if (isCaught && trap === 'refused') await delay(REFUSAL_MS);
      laid = undefined;
      return isCaught;
    },
    spring: (body) => {
      if (!isCommit(body, countsTable)) return undefined;
      const sprung = laid;
      sprung?.tell();
      // One sender is killed; refused is whoever comes.
      if (sprung?.trap !== 'refused') laid = undefined;
      return sprung?.trap;
    },
  };
};

const isCommit = (body: Buffer, countsTable: string): boolean => {
  const text = body.toString();
  return text.includes(countsTable) && text.includes('UpdateExpression');
};
