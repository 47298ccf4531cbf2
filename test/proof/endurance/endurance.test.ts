import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { formatOutcome } from '../../../proof/endurance/report.ts';
import { runEndurance } from '../../../proof/endurance/run.ts';
import { findExternalDynamoDB } from '../../../src/local/external-dynamodb.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const seed = Number(process.env.ENDURANCE_SEED ?? Math.floor(Math.random() * 1e9));

describe(`an endurance run (ENDURANCE_SEED=${seed} repeats its plan)`, () => {
  it('ends with an exact count of each counter, and keeps them when the whole stream is replayed', async () => {
    const endpoint = await findExternalDynamoDB(process.env);
    const options = { seed, sessions: 300, folder: temporaryFolder(), endpoint };
    const outcome = await runEndurance(options);
    const { kills, faults, inexact, afterDelivery } = outcome;
    expect(inexact, formatOutcome(options, outcome)).toEqual([]);
    expect(afterDelivery.size).toBe(20);
    // An external DynamoDB is not ours to kill.
    expect(kills.get('SIGKILL: emulator')).toBe(endpoint ? undefined : 1);
    const kinds = [...kills.keys()].filter((kind) => kind.startsWith('SIGKILL: event source'));
    expect(kinds).not.toEqual([]);
    expect(faults.get('answer lost after the commit')).toBeGreaterThan(0);
  }, 60_000);

  it.each(['SIGKILL', 'SIGINT'] as const)('leaves no process behind after %s', async (signal) => {
    const env = { ...process.env, TMPDIR: temporaryFolder() };
    const run = spawn(process.execPath, ['proof/endurance/main.ts'], { stdio: 'ignore', env });
    onTestFinished(() => void run.kill('SIGKILL'));
    const started = await vi.waitFor(() => startedBy(run), { timeout: 30_000, interval: 100 });
    const ended = once(run, 'exit');
    run.kill(signal);
    await ended;
    await vi.waitFor(() => expect(started.filter(isAlive)).toEqual([]), { timeout: 30_000 });
  });
});

// API and event source, and the emulator unless the DynamoDB is external.
const PROCESSES = process.env.AWS_ENDPOINT_URL_DYNAMODB ? 2 : 3;

/** The ids of the child processes; throws until all of them have started. */
const startedBy = ({ pid }: ChildProcess): number[] => {
  const started = globSync('/proc/[0-9]*/stat')
    .map((file) => Number(file.split('/')[2]))
    .filter((candidate) => statOf(candidate).parent === pid);
  if (started.length < PROCESSES) throw new Error('Not all processes have started yet');
  return started;
};

const isAlive = (pid: number): boolean => !['', 'Z'].includes(statOf(pid).state);

// "pid (command) state parent …"; empty for a process that is gone.
const statOf = (pid: number): { readonly state: string; readonly parent: number } => {
  try {
    const [state = '', parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return { state: '', parent: 0 };
  }
};
