import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { AlarmChange } from '../../cloudwatch/alarms/alarms.ts';
import type { EarlierRun, LocalCloudWatch } from '../../cloudwatch/local-cloudwatch.ts';
import { createMetricStore, type MetricStore } from '../../cloudwatch/store/metric-store.ts';
import { createFolder } from '../../create-folder.ts';
import { explainFolderError, HISTORY_FOLDER } from '../../folder-error.ts';
import { acquireLock } from '../../folder-lock.ts';
import { StartError } from '../../start-error.ts';
import { formatChange, parseChange } from './change-line.ts';
import { openLineFile, readLines } from './line-file.ts';

/** Metrics and changes of alarms, kept in a folder that this process has locked. */
export interface History {
  /** What earlier runs left, without what is too old. */
  readonly earlier: Required<EarlierRun>;
  /** Keeps what changed since the last call. Throws what the file system throws; the next call then keeps everything. */
  readonly keep: (cloudWatch: LocalCloudWatch, changes: readonly AlarmChange[]) => void;
  readonly release: () => void;
}

// Other names than in a data folder, so that one folder can be both.
const FILES = {
  lock: 'history-lock',
  metrics: 'history-metrics.jsonl',
  changes: 'history-alarms.jsonl',
};

/**
 * Locks the folder, which it creates if it does not exist, and reads it. Throws a StartError if another process uses
 * it, if it cannot be used, or if a line in it is not one of a history.
 */
export const openHistory = async (folder: string): Promise<History> => {
  const lock = await explainFolderError(folder, () => lockFolder(folder), HISTORY_FOLDER);
  if (!lock) throw new StartError(`The history folder ${folder} is in use by another counter.`);
  try {
    const opened = await explainFolderError(folder, () => openFiles(folder), HISTORY_FOLDER);
    return { ...opened, release: lock.release };
  } catch (error) {
    lock.release();
    throw error;
  }
};

const lockFolder = (folder: string) => {
  createFolder(folder);
  accessSync(folder, constants.W_OK);
  return acquireLock(join(folder, FILES.lock), () => undefined);
};

const openFiles = (folder: string): Omit<History, 'release'> => {
  const metricsFile = join(folder, FILES.metrics);
  const changesFile = join(folder, FILES.changes);
  const earlierStore = readStore(metricsFile);
  const alarmChanges = readEach(changesFile, parseChange);
  const metrics = openLineFile(metricsFile, earlierStore.lines());
  const changes = openLineFile(changesFile, alarmChanges.map(formatChange));
  return {
    earlier: { store: earlierStore, alarmChanges },
    keep: ({ store, alarms }, added) => {
      try {
        metrics.append(store.takeChanges(), store.lines);
      } finally {
        changes.append(added.map(formatChange), () => alarms.history().map(formatChange));
      }
    },
  };
};

const readStore = (file: string): MetricStore => {
  const store = createMetricStore();
  readEach(file, store.load);
  store.prune(Date.now());
  return store;
};

const readEach = <Value>(file: string, parse: (line: string) => Value): Value[] =>
  readLines(file).map((line, index) => {
    try {
      return parse(line);
    } catch (cause) {
      const { message } = cause as Error;
      throw new StartError(
        `Line ${index + 1} of ${file} is no line of a history: ${message} Restore the file from a backup, or delete it.`,
        { cause },
      );
    }
  });
