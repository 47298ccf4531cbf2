import { setTimeout as delay } from 'node:timers/promises';
import { DISTINCT_SESSIONS } from '../../src/tables/schema.ts';

/** What happens to a trapped commit. */
export type TrapAction =
  /** It never reaches DynamoDB; its sender must be killed. */
  | 'before the commit'
  /** Its response never reaches its sender, which must be killed. */
  | 'after the commit'
  /** It and all later commits are refused for longer than the SDK retries. */
  | 'refused';

/**
 * Catches commits of the counter. Kills at random moments rarely hit the few milliseconds between the
 * two steps that matter most, and the SDK's retries hide single faults.
 */
export interface CommitTrap {
  /** Resolves to true once a commit was caught, or refused for long enough; to false when none came. */
  readonly arm: (trap: TrapAction) => Promise<boolean>;
  /** What to do with the request of this body; undefined unless it is a commit the trap waits for. */
  readonly trigger: (body: Buffer) => TrapAction | undefined;
}

const ARMED_MS = 2_000;
const REFUSAL_MS = 2_500;

/** A trap for writes to the counters in `countsTable`, which only the projector makes. */
export const createCommitTrap = (countsTable: string): CommitTrap => {
  let armed: { readonly trap: TrapAction; readonly notify: () => void } | undefined;
  return {
    arm: async (trap) => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      armed = { trap, notify: () => resolve(true) };
      const isCaught = await Promise.race([promise, delay(ARMED_MS, false)]);
      if (isCaught && trap === 'refused') await delay(REFUSAL_MS);
      armed = undefined;
      return isCaught;
    },
    trigger: (body) => {
      if (!isCommit(body, countsTable)) return undefined;
      const triggered = armed;
      triggered?.notify();
      // Only one sender is killed, but refusals apply to every sender.
      if (triggered?.trap !== 'refused') armed = undefined;
      return triggered?.trap;
    },
  };
};

const isCommit = (body: Buffer, countsTable: string): boolean => {
  const text = body.toString();
  return text.includes(countsTable) && text.includes(DISTINCT_SESSIONS) && isUpdate(text);
};

const isUpdate = (text: string): boolean => text.includes('UpdateExpression');
