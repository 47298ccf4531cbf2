import type { Recording } from '../recording/recording.ts';

/** What a recording shows of an assumption. */
export interface Finding {
  /** What was seen, in numbers. */
  readonly seen: string;
  /** Whether anything was seen that could have broken it. */
  readonly isSeen: boolean;
  /** What breaks it, each in a line. */
  readonly broken: readonly string[];
  /** How many more things would break it, but for lines that are missing. */
  readonly unclear: number;
}

/** An assumption about AWS's delivery, and how a recording is asked about it. */
export interface Check {
  /** A short name, for scripts. */
  readonly name: string;
  /** The assumption, in words. */
  readonly assumption: string;
  /** What it means for the counter when it does not hold. */
  readonly otherwise: string;
  readonly judge: (recording: Recording) => Finding;
}

/** Something that breaks an assumption, unless a missing line explains it. */
export interface Suspicion {
  readonly text: string;
  readonly isUnclear: boolean;
}

/** The finding of these suspicions. */
export const concludeFrom = (
  suspicions: readonly Suspicion[],
  { seen, isSeen }: Pick<Finding, 'seen' | 'isSeen'>,
): Finding => ({
  seen,
  isSeen,
  broken: suspicions.filter(({ isUnclear }) => !isUnclear).map(({ text }) => text),
  unclear: suspicions.filter(({ isUnclear }) => isUnclear).length,
});
