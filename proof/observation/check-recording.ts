import type { Finding } from './checks/check.ts';
import { CHECKS } from './checks/checks.ts';
import type { Recording } from './recording/recording.ts';

/**
 * What a recording says about an assumption: `unclear` when missing lines might explain every
 * counterexample, `not seen` when nothing happened that could have contradicted it.
 */
export type CheckResult = 'holds' | 'broken' | 'unclear' | 'not seen';

/** An assumption with its result. */
export interface CheckedAssumption extends Finding {
  readonly name: string;
  readonly assumption: string;
  readonly otherwise: string;
  readonly result: CheckResult;
}

/** Checks every assumption against a recording. */
export const checkRecording = (recording: Recording): CheckedAssumption[] =>
  CHECKS.map(({ evaluate, ...check }) => {
    const finding = evaluate(recording);
    return { ...check, ...finding, result: resultOf(finding) };
  });

const resultOf = ({ broken, unclear, isSeen }: Finding): CheckResult => {
  if (broken.length > 0) return 'broken';
  if (unclear > 0) return 'unclear';
  return isSeen ? 'holds' : 'not seen';
};
