import { onTestFinished, vi } from 'vitest';

/** Keeps what the rest of the test writes to standard output; the function tells it. */
export const captureOutput = (): (() => string) => {
  let output = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    output += chunk.toString();
    return true;
  });
  onTestFinished(() => spy.mockRestore());
  return () => output;
};
