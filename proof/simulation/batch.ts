import type { InjectedFault } from './history.ts';
import type { ModelRecord, ModelShard } from './shard-model.ts';

/** A batch for one container, and the fault injected into its invocation. */
export interface Batch extends InjectedFault {
  readonly shard: ModelShard;
  readonly records: readonly ModelRecord[];
  readonly container: number;
}
