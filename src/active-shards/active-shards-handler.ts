import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { answer } from '../custom-resource/answer.ts';
import type { Resource, ResourceRequest } from '../custom-resource/resource-request.ts';
import { formatFormerShards, formerShardsAt, NO_FORMER_SHARDS } from '../domain/former-shards.ts';
import { INTEGER_RANGES } from '../settings/allowed-values.ts';
import { countUsedShards } from '../tables/count-used-shards.ts';
import { FORMER_SHARDS } from './former-shards-attribute.ts';

/** What the template says about the index of active sessions. Another number makes CloudFormation ask. */
export interface ActiveShardsProperties {
  /** The number of its partitions. */
  readonly ActiveShards: string;
  readonly SessionsTable: string;
}

/**
 * The handler of the custom resource that remembers the partitions of the index of active sessions when their
 * number changes. Its attribute is the setting FORMER_ACTIVE_SHARDS: all partitions with a session that may be
 * active, and those to which functions write that have the old number still.
 *
 * It keeps no state, because the index itself shows what earlier changes left in it. So repeated requests, a
 * second change within the window, a rollback and a table with rows of another stack all come out right, and
 * the resource keeps its id: CloudFormation rolls back a change of it with another `Update`. When it cannot know
 * the former partitions, it names all that there can be.
 *
 * Delete does nothing. Returns once CloudFormation has taken the response, whatever it says; otherwise it
 * throws.
 */
export const createActiveShardsHandler =
  (client: DynamoDBDocumentClient) =>
  (request: ResourceRequest<ActiveShardsProperties>): Promise<void> =>
    answer(request, () => fulfil(client, request));

const ID = 'active-shards';

const fulfil = async (
  client: DynamoDBDocumentClient,
  request: ResourceRequest<ActiveShardsProperties>,
): Promise<Resource> => {
  const { RequestType, PhysicalResourceId = ID, ResourceProperties } = request;
  if (RequestType === 'Delete') return { PhysicalResourceId };
  const nowMs = Date.now();
  const used = await countUsedOrAll(client, ResourceProperties.SessionsTable, nowMs);
  const activeShards = Math.max(used, findOldNumber(request, used));
  const former =
    activeShards === 0 ? NO_FORMER_SHARDS : formatFormerShards(formerShardsAt(activeShards, nowMs));
  return { PhysicalResourceId, Data: { [FORMER_SHARDS]: former } };
};

// Reading more partitions than necessary is correct and only costs more. So nothing here fails a deployment, and
// above all no rollback: neither an index that cannot be read, for example because the role is not known everywhere
// yet, nor a former number that is out of range.
const ALL = INTEGER_RANGES.ACTIVE_SHARDS.max;

const countUsedOrAll = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  nowMs: number,
): Promise<number> => {
  try {
    return await countUsedShards(client, tableName, { nowMs, most: ALL });
  } catch (error) {
    process.emitWarning(
      `The index cannot be read, so all ${ALL} partitions count as used: ${error}`,
    );
    return ALL;
  }
};

// The default of the versions without this resource. With sessions in its index, a stack that gets the resource
// is one of theirs, whose functions may write to partitions that are empty now.
const FORMER_DEFAULT = 4;

/** The number with which the functions of the stack write; 0 if it has none yet. */
const findOldNumber = (
  { OldResourceProperties }: ResourceRequest<ActiveShardsProperties>,
  used: number,
): number => {
  if (!OldResourceProperties) return used > 0 ? FORMER_DEFAULT : 0;
  const { ActiveShards } = OldResourceProperties;
  const number = /^\d+$/.test(ActiveShards) ? Number(ActiveShards) : ALL;
  return number >= 1 && number <= ALL ? number : ALL;
};
