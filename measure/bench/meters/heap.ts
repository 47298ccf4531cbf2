import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The bytes of heap that some work takes and leaves to be collected. */
export const heapDuring = async (work: () => Promise<unknown>): Promise<number> => {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  await work();
  return Math.max(0, process.memoryUsage().heapUsed - before);
};

// Node.js has the function only behind a flag, which may also be set while it runs.
const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
};
