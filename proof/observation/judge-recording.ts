import type { Finding } from './checks/check.ts';
import { CHECKS } from './checks/checks.ts';
import type { Recording } from './recording/recording.ts';

/**
 * What a recording says about an assumption: `unclear` when missing lines might explain every
 * counterexample, `not seen` when nothing happened that could have contradicted it.
 */
export type Verdict = 'holds' | 'broken' | 'unclear' | 'not seen';

/** An assumption with its result. */
export interface Judgement extends Finding {
  readonly name: string;
  readonly assumption: string;
  readonly otherwise: string;
  readonly verdict: Verdict;
}

/** Checks every assumption against a recording. */
export const judgeRecording = (recording: Recording): Judgement[] =>
  CHECKS.map(({ judge, ...check }) => {
    const finding = judge(recording);
    return { ...check, ...finding, verdict: verdictOf(finding) };
  });

const verdictOf = ({ broken, unclear, isSeen }: Finding): Verdict => {
  if (broken.length > 0) return 'broken';
  if (unclear > 0) return 'unclear';
  return isSeen ? 'holds' : 'not seen';
};
