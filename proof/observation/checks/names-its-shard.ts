import { countOf } from '../../../src/cli/console/count-of.ts';
import { formatTime } from '../recording/format-time.ts';
import { type Check, concludeFrom } from './check.ts';

/** Without a shard id the projector refuses every batch. */
export const namesItsShard: Check = {
  name: 'names-its-shard',
  assumption: 'Every event of a window names its shard',
  otherwise:
    'The projector refuses such a batch: nothing is counted, and nothing is lost for a day',
  evaluate: ({ invocations }) => {
    const nameless = invocations.filter(({ shardId }) => shardId === undefined);
    const counterexamples = nameless.map(({ id, beganMs }) => ({
      text: `${formatTime(beganMs)} ${id} names no shard`,
      isUnclear: false,
    }));
    return concludeFrom(counterexamples, {
      seen: `${countOf(invocations.length, 'invocation')}, ${nameless.length} without`,
      isSeen: invocations.length > 0,
    });
  },
};
