import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  createLocalCloudWatch,
  type LocalCloudWatch,
} from '../../../../src/local/cloudwatch/local-cloudwatch.ts';
import { RETENTION_MS } from '../../../../src/local/cloudwatch/store/metric-store.ts';
import { acquireDataFolder } from '../../../../src/local/data-folder.ts';
import { type History, openHistory } from '../../../../src/local/observation/history/history.ts';
import { StartError } from '../../../../src/local/start-error.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const CHANGE = { alarm: 'a', time: 60_000, from: 'OK', to: 'ALARM', reason: 'why' } as const;

const open = async (folder: string): Promise<History> => {
  const history = await openHistory(folder);
  onTestFinished(history.release);
  return history;
};

const createEmpty = (): LocalCloudWatch =>
  createLocalCloudWatch({ alarms: [], dashboards: [], metricFilters: [] });

const linesOf = ({ earlier }: History): string[] => earlier.store.lines();

const put = (cloudWatch: LocalCloudWatch, value: number, time = Date.now()): void =>
  cloudWatch.put({ namespace: 'App', name: 'Visits', dimensions: {}, value, unit: 'Count', time });

it('has nothing in a new folder, which it creates', async () => {
  const history = await open(join(temporaryFolder(), 'new', 'folder'));
  expect([linesOf(history), history.earlier.alarmChanges]).toEqual([[], []]);
});

it('returns at the next start what was kept', async () => {
  const folder = temporaryFolder();
  const first = await open(folder);
  const before = createEmpty();
  const now = Date.now();
  put(before, 1, now);
  first.keep(before, []);
  put(before, 2, now);
  first.keep(before, [CHANGE]);
  first.release();
  const second = await open(folder);
  expect(linesOf(second)).toEqual(before.store.lines());
  expect(linesOf(second)).toHaveLength(1);
  expect(second.earlier.alarmChanges).toEqual([CHANGE]);
});

it('forgets metrics that are too old', async () => {
  const folder = temporaryFolder();
  const first = await open(folder);
  const before = createEmpty();
  put(before, 1, Date.now() - RETENTION_MS - 120_000);
  put(before, 2);
  first.keep(before, []);
  first.release();
  expect(linesOf(await open(folder))).toHaveLength(1);
});

it('survives a kill in the middle of a line', async () => {
  const folder = temporaryFolder();
  const first = await open(folder);
  const before = createEmpty();
  put(before, 1);
  first.keep(before, [CHANGE]);
  first.release();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.jsonl'))) {
    appendFileSync(join(folder, file), '{"time":17');
  }
  const second = await open(folder);
  expect([linesOf(second).length, second.earlier.alarmChanges]).toEqual([1, [CHANGE]]);
});

it('rejects a folder with another file in its place, and leaves that as it is', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'history-metrics.jsonl');
  writeFileSync(file, 'my notes\n');
  await expect(openHistory(folder)).rejects.toThrow(StartError);
  await expect(openHistory(folder)).rejects.toThrow(`Line 1 of ${file} is no line of a history`);
});

it('belongs to one process at a time', async () => {
  const folder = temporaryFolder();
  const first = await open(folder);
  await expect(openHistory(folder)).rejects.toThrow(
    `The history folder ${folder} is in use by another counter`,
  );
  first.release();
  await open(folder);
});

it('may be the data folder', async () => {
  const folder = temporaryFolder();
  onTestFinished((await acquireDataFolder(folder)).release);
  expect(linesOf(await open(folder))).toEqual([]);
});

it('names the option when the folder cannot be used', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(openHistory(file)).rejects.toThrow(
    `The history folder ${file} cannot be used: it is not a folder`,
  );
  await expect(openHistory(file)).rejects.toThrow('--history DIR');
});
