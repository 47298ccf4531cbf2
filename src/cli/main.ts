import { runCounterProcess } from './run-counter-process.ts';

await runCounterProcess();
