import { onTestFinished, vi } from 'vitest';

/** Captures what the rest of the test writes to standard output; the function returns it. */
export const captureOutput = (): (() => string) => {
  let output = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    output += chunk.toString();
    return true;
  });
  onTestFinished(() => spy.mockRestore());
  return () => output;
};
