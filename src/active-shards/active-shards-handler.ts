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
 * the resource keeps its id: CloudFormation rolls back a change of it with another `Update`.
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

// To read more partitions than necessary is right, only dearer. So an index that cannot be read, such as with a
// role that is not yet known everywhere, fails no deployment, and above all no rollback.
const countUsedOrAll = (
  client: DynamoDBDocumentClient,
  tableName: string,
  nowMs: number,
): Promise<number> => {
  const { max } = INTEGER_RANGES.ACTIVE_SHARDS;
  return countUsedShards(client, tableName, { nowMs, most: max }).catch(() => max);
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
  const { min, max } = INTEGER_RANGES.ACTIVE_SHARDS;
  const number = /^\d+$/.test(ActiveShards) ? Number(ActiveShards) : Number.NaN;
  if (number >= min && number <= max) return number;
  const given = JSON.stringify(ActiveShards);
  throw new RangeError(
    `ActiveShards must be a whole number from ${min} to ${max}, but it was ${given}`,
  );
};
