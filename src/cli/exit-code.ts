/** What the end of a command tells a script. */
export const EXIT = {
  /** Done, and what was asked holds. */
  ok: 0,
  /** Done, but the answer is no: counts disagree, or rows were rejected. */
  no: 1,
  /** The command was not understood; nothing was done. */
  usage: 2,
  /** It could not be done, or not to its end; the message says what to do. */
  failed: 3,
  /** Ended by Ctrl-C or a SIGTERM; the same command goes on where it was. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
