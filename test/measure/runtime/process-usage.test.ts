import { expect, it } from 'vitest';
import {
  cpuBetween,
  parseCpuMs,
  parsePeakMegabytes,
} from '../../../measure/runtime/process-usage.ts';

it('reads the nanoseconds of a thread as milliseconds', () => {
  expect(parseCpuMs('773868000 119728 2\n')).toBe(773.868);
});

it('adds up what threads did between two readings, new ones included', () => {
  const before = new Map(Object.entries({ main: 30, ended: 500 }));
  const after = new Map(Object.entries({ main: 42, started: 5 }));
  expect(cpuBetween(before, after)).toBe(17);
});

it('reads the peak of the resident memory, not what is resident now', () => {
  const status = 'Name:\tnode\nVmPeak:\t  900000 kB\nVmHWM:\t   70312 kB\nVmRSS:\t   60000 kB\n';
  expect(parsePeakMegabytes(status)).toBeCloseTo(71.999, 3);
});

it('refuses a status without that peak', () => {
  expect(() => parsePeakMegabytes('Name:\tnode\n')).toThrow('must have VmHWM');
});
