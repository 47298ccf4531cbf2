import { vi } from 'vitest';
import { createActiveShardsHandler } from '../../src/active-shards/active-shards-handler.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { touchSession } from '../../src/domain/session-touch.ts';
import { createReaders } from '../../src/query/readers.ts';
import { createLog } from '../../src/runtime/log.ts';
import { readQuerySettings } from '../../src/settings/settings.ts';
import { upsertSession } from '../../src/tables/upsert-session.ts';
import type { TestDatabase } from './embedded-database.ts';
import { startCloudFormation } from './fake-cloudformation.ts';

/** A stack whose number of index partitions changes. Times are those of `Date`, which tests fake. */
export interface IndexDeployment {
  /** The beginning of a change: the custom resource and the readers have the new number, the writers do not. */
  readonly begin: (activeShards: number) => Promise<void>;
  /** The end of a change: the writers have the number of the readers. */
  readonly finish: () => void;
  /** Both. */
  readonly deploy: (activeShards: number) => Promise<void>;
  readonly visit: (sessionHash: string) => Promise<void>;
  /** The active sessions that a container of query counts, which has served no count before. */
  readonly countActive: () => Promise<number>;
}

export interface IndexOptions {
  readonly activeWindowMinutes?: number;
  /** The number of a version without the custom resource; undefined for a new stack. */
  readonly earlierShards?: number;
}

/** Deploys a counter to its tables, with the real handler of the custom resource, visits and counts. */
export const deployIndex = async (
  { client, tables }: TestDatabase,
  { activeWindowMinutes = 60, earlierShards }: IndexOptions = {},
): Promise<IndexDeployment> => {
  const { url: ResponseURL, responses } = await startCloudFormation();
  const handler = createActiveShardsHandler(client);
  const SessionsTable = tables.SESSIONS_TABLE;
  const ids = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Shards', ResponseURL };
  let deployed: { readonly ActiveShards: string; readonly SessionsTable: string } | undefined;
  let former = 'none';
  let written = earlierShards ?? 1;

  const begin = async (activeShards: number): Promise<void> => {
    const ResourceProperties = { ActiveShards: String(activeShards), SessionsTable };
    // CloudFormation asks for nothing when no property changes.
    if (deployed?.ActiveShards === ResourceProperties.ActiveShards) return;
    const update = { RequestType: 'Update', PhysicalResourceId: 'active-shards' } as const;
    const kind = deployed ? { ...update, OldResourceProperties: deployed } : CREATE;
    await handler({ ...ids, ...kind, ResourceProperties });
    deployed = ResourceProperties;
    former = String((responses.at(-1)?.Data as Record<string, string> | undefined)?.FormerShards);
  };
  const finish = (): void => {
    written = Number(deployed?.ActiveShards ?? written);
  };
  return {
    begin,
    finish,
    deploy: async (activeShards) => {
      await begin(activeShards);
      finish();
    },
    visit: async (sessionHash) => {
      const rules = { activeShards: written, retentionDays: 395, touchIntervalSeconds: 0 };
      await upsertSession(client, SessionsTable, touchSession(sessionHash, Date.now(), rules));
    },
    countActive: async () => {
      const settings = readQuerySettings({
        ...{ ...tables, ACTIVE_WINDOW_MINUTES: String(activeWindowMinutes) },
        ...{ ACTIVE_SHARDS: deployed?.ActiveShards ?? String(earlierShards) },
        FORMER_ACTIVE_SHARDS: former,
      });
      return (await createReaders(settings, client, createLog('test')).active.read(SITE)).value;
    },
  };
};

const CREATE = { RequestType: 'Create' } as const;

/** Sets the clock of the test, epoch milliseconds. */
export const setClock = (nowMs: number): void => void vi.setSystemTime(nowMs);
