import { readdirSync, readFileSync } from 'node:fs';

/** What a process has taken so far. */
export interface Usage {
  /** Of all its threads, in user and kernel mode, milliseconds. */
  readonly cpu: number;
  /** The most memory that was resident at once, MB. */
  readonly peakMegabytes: number;
}

const NS_PER_MS = 1e6;
const BYTES_PER_KIB = 1_024;
const BYTES_PER_MB = 1e6;

/**
 * Reads it from /proc, to the nanosecond: /proc/PID/stat counts in hundredths of a second. A thread that has ended is
 * missing. Throws an Error without such a process, or a kernel without schedstat.
 *
 * @see https://docs.kernel.org/scheduler/sched-stats.html
 */
export const readUsage = (pid: number): Usage => {
  const threads = readdirSync(`/proc/${pid}/task`);
  const times = threads.map((thread) =>
    parseCpuMs(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')),
  );
  return {
    cpu: times.reduce((sum, time) => sum + time, 0),
    peakMegabytes: parsePeakMegabytes(readFileSync(`/proc/${pid}/status`, 'utf8')),
  };
};

/** The CPU time of a thread, milliseconds, in the text of its schedstat. */
export const parseCpuMs = (schedstat: string): number =>
  Number(schedstat.split(' ')[0]) / NS_PER_MS;

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
