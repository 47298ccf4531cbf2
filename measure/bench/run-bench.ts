import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { formatConditions, formatFindings } from './format.ts';
import type { Options } from './options.ts';
import type { Findings, Goal } from './part/part.ts';
import { PART_NAMES, type PartName } from './part/part-name.ts';
import { PLANS } from './part/plan.ts';
import { PARTS } from './parts.ts';
import { machineHere, type Results, versionsHere } from './results.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Runs the chosen parts and prints their findings. Resolves to whether every counted goal was met. */
export const runBench = async ({ mode, seed, only, out }: Options): Promise<boolean> => {
  const startedAt = Date.now();
  const parts: Partial<Record<PartName, Findings>> = {};
  const resultsSoFar = (): Results => ({
    ...{ mode, seed, startedAt: new Date(startedAt).toISOString() },
    ...{ seconds: (Date.now() - startedAt) / 1_000, machine: machineHere() },
    ...{ versions: versionsHere(), parts },
  });
  for (const name of PART_NAMES.filter((each) => only.length === 0 || only.includes(each))) {
    const findings = await runPart(name, { mode, seed });
    parts[name] = findings;
    print(`${formatFindings(findings)}\n`);
    // Written after each part, so that an interrupted run does not lose its measurements.
    if (out) writeFileSync(out, `${JSON.stringify(resultsSoFar(), undefined, 2)}\n`);
  }
  print(formatConditions(resultsSoFar()));
  return Object.values(parts).every(({ goals }) => goals.every(isPassed));
};

// Each part has a separate emulator, so that none is slowed down by another's data.
const runPart = async (
  name: PartName,
  { mode, seed }: Pick<Options, 'mode' | 'seed'>,
): Promise<Findings> => {
  const folder = mkdtempSync(join(tmpdir(), 'session-counter-bench-'));
  const plan = PLANS[mode];
  const file = plan.isInMemory ? undefined : join(folder, 'database');
  const { endpoint, stop } = await startEmbeddedDynamoDB(file);
  try {
    return await PARTS[name]({ plan, seed, endpoint, folder });
  } finally {
    await stop();
    rmSync(folder, { recursive: true });
  }
};

// Timed goals depend on the machine and its load.
const isPassed = ({ kind, isMet }: Goal): boolean => kind === 'timed' || isMet;
