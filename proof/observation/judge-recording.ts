import type { Finding } from './checks/check.ts';
import { CHECKS } from './checks/checks.ts';
import type { Recording } from './recording/recording.ts';

/**
 * What a recording says of an assumption: `unclear` when only missing lines speak against it, `not
 * seen` when nothing happened that could have broken it.
 */
export type Verdict = 'holds' | 'broken' | 'unclear' | 'not seen';

/** An assumption with its verdict. */
export interface Judgement extends Finding {
  readonly name: string;
  readonly assumption: string;
  readonly otherwise: string;
  readonly verdict: Verdict;
}

/** Asks a recording about every assumption. */
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
