import type { Recording } from '../recording/recording.ts';

/** What a recording shows about an assumption. */
export interface Finding {
  /** What was observed, in numbers. */
  readonly seen: string;
  /** Whether anything was observed that could have contradicted it. */
  readonly isSeen: boolean;
  /** The counterexamples, one per line. */
  readonly broken: readonly string[];
  /** How many further counterexamples missing lines might explain. */
  readonly unclear: number;
}

/** An assumption about AWS's delivery, and how to check it against a recording. */
export interface Check {
  /** A short name, for scripts. */
  readonly name: string;
  /** The assumption as a sentence. */
  readonly assumption: string;
  /** What it means for the counter if it does not hold. */
  readonly otherwise: string;
  readonly evaluate: (recording: Recording) => Finding;
}

/** Something that contradicts an assumption, unless a missing line explains it. */
export interface Counterexample {
  readonly text: string;
  readonly isUnclear: boolean;
}

/** The finding for these counterexamples. */
export const concludeFrom = (
  counterexamples: readonly Counterexample[],
  { seen, isSeen }: Pick<Finding, 'seen' | 'isSeen'>,
): Finding => ({
  seen,
  isSeen,
  broken: counterexamples.filter(({ isUnclear }) => !isUnclear).map(({ text }) => text),
  unclear: counterexamples.filter(({ isUnclear }) => isUnclear).length,
});
