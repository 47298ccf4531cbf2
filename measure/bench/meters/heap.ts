import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The heap, in bytes, that some work allocates. */
export const heapDuring = async (work: () => Promise<unknown>): Promise<number> => {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  await work();
  return Math.max(0, process.memoryUsage().heapUsed - before);
};

// Node.js exposes gc() only behind a flag, which may also be set at run time.
const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
};
