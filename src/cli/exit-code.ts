/** The exit codes of all commands. */
export const EXIT = {
  /** Success. */
  ok: 0,
  /** The command finished and found a problem: counts differ, or rows were rejected. */
  problemsFound: 1,
  /** Invalid arguments or settings; nothing was done. */
  usage: 2,
  /** The command failed, perhaps halfway; the message says what to do. */
  failed: 3,
  /** Interrupted by SIGINT or SIGTERM; the same command can be run again. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
