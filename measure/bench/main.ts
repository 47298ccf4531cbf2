import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { formatConditions, formatFindings } from './format.ts';
import { HELP, type Options, parseOptions } from './options.ts';
import type { Findings, Goal } from './part/part.ts';
import { PLANS } from './part/plan.ts';
import { PARTS, type PartName } from './parts.ts';
import { machineHere, type Results, versionsHere } from './results.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const run = async ({ mode, seed, only, out }: Options): Promise<boolean> => {
  const startedAt = Date.now();
  const parts: Partial<Record<PartName, Findings>> = {};
  const resultsSoFar = (): Results => ({
    ...{ mode, seed, startedAt: new Date(startedAt).toISOString() },
    ...{ seconds: (Date.now() - startedAt) / 1_000, machine: machineHere() },
    ...{ versions: versionsHere(), parts },
  });
  for (const name of chooseParts(only)) {
    const findings = await runPart(name, { mode, seed });
    parts[name] = findings;
    print(`${formatFindings(findings)}\n`);
    // Written after each part, so that an interrupted run does not lose its measurements.
    if (out) writeFileSync(out, `${JSON.stringify(resultsSoFar(), undefined, 2)}\n`);
  }
  print(formatConditions(resultsSoFar()));
  return Object.values(parts).every(({ goals }) => goals.every(isPassed));
};

const chooseParts = (only: readonly string[]): PartName[] => {
  const names = Object.keys(PARTS) as PartName[];
  const unknown = only.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown) throw new Error(`--only must be one of ${names.join(', ')}, but it is ${unknown}`);
  return only.length === 0 ? names : names.filter((name) => only.includes(name));
};

// Each part has a separate emulator, so that none is slowed down by another's data.
const runPart = async (
  name: PartName,
  { mode, seed }: Pick<Options, 'mode' | 'seed'>,
): Promise<Findings> => {
  const folder = mkdtempSync(join(tmpdir(), 'session-counter-bench-'));
  const { endpoint, stop } = await startEmbeddedDynamoDB(join(folder, 'database'));
  try {
    return await PARTS[name]({ plan: PLANS[mode], seed, endpoint, folder });
  } finally {
    await stop();
    rmSync(folder, { recursive: true });
  }
};

// Timed goals depend on the machine and its load.
const isPassed = ({ kind, isMet }: Goal): boolean => kind === 'timed' || isMet;

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') print(HELP);
  else process.exitCode = (await run(options)) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
