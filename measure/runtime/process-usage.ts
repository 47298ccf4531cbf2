import { readdirSync, readFileSync } from 'node:fs';

/** The CPU time of each thread of a process so far, in user and kernel mode, milliseconds. */
export type ThreadTimes = ReadonlyMap<string, number>;

const NS_PER_MS = 1e6;
const BYTES_PER_KIB = 1_024;
const BYTES_PER_MB = 1e6;

/**
 * Reads the CPU times from /proc, to the nanosecond: /proc/PID/stat counts in hundredths of a second. Throws an Error
 * without such a process.
 *
 * @see https://docs.kernel.org/scheduler/sched-stats.html
 */
export const readThreadTimes = (pid: number): ThreadTimes => {
  const folder = `/proc/${pid}/task`;
  return new Map(
    readdirSync(folder).flatMap((thread) => {
      const schedstat = readIfPresent(`${folder}/${thread}/schedstat`);
      return schedstat === undefined ? [] : [[thread, parseCpuMs(schedstat)] as const];
    }),
  );
};

// A thread may end after the folder was read.
const readIfPresent = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code)))
      return undefined;
    throw error;
  }
};

/** The CPU time of a thread, milliseconds, in the text of its schedstat. */
export const parseCpuMs = (schedstat: string): number =>
  Number(schedstat.split(' ')[0]) / NS_PER_MS;

/** The CPU time between two readings, milliseconds, without that of threads that have ended in between. */
export const cpuBetween = (before: ThreadTimes, after: ThreadTimes): number =>
  [...after].reduce((sum, [thread, time]) => sum + time - (before.get(thread) ?? 0), 0);

/** The most memory of a process that was resident at once, MB. Throws an Error without such a process. */
export const readPeakMegabytes = (pid: number): number =>
  parsePeakMegabytes(readFileSync(`/proc/${pid}/status`, 'utf8'));

/**
 * The peak of the resident memory in the text of /proc/PID/status, MB. Throws an Error if it is not there.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
 */
export const parsePeakMegabytes = (status: string): number => {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  if (kibibytes === undefined) throw new Error('/proc/PID/status must have VmHWM, but it does not');
  return (Number(kibibytes) * BYTES_PER_KIB) / BYTES_PER_MB;
};
