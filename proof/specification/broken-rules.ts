import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { Specification } from './next-states.ts';

/** A rule of the specification, and how to break it: the search must then find a violation. */
export interface BrokenRule {
  readonly rule: string;
  readonly find: string;
  readonly replace: string;
}

/** Each rule of the specification, broken once. */
export const BROKEN_RULES: readonly BrokenRule[] = [
  {
    rule: 'no condition on the checkpoint',
    find: '  if (!isHeld(state, shard, plan.checkpoint)) return undefined;\n',
    replace: '',
  },
  {
    rule: 'no condition on the watermark',
    find: '  if (state.watermark !== watermark) return undefined;\n',
    replace: '',
  },
  {
    rule: 'no condition on the rebuild',
    find: '  if (state.rebuild?.cutoff !== cutoff) return undefined;\n',
    replace: '',
  },
  {
    rule: 'no condition on the checkpoints that are dropped',
    find: '  if (![...dropped].every(([of, seen]) => isHeld(state, of, seen))) return undefined;\n',
    replace: '',
  },
  {
    rule: 'a checkpoint is dropped that tells no time',
    find: '  if ([...dropped.values()].some((left) => left.at === 0)) return undefined;\n',
    replace: '',
  },
  {
    rule: 'a watermark that does not rise',
    find: 'watermark: Math.max(watermark, ...[...dropped.values()].map((left) => left.at)),',
    replace: 'watermark,',
  },
  {
    rule: 'a watermark that rises too little',
    find: '.map((left) => left.at)),',
    replace: '.map((left) => left.at - 1)),',
  },
  {
    rule: 'a watermark that rises to the last that was dropped, not to the newest',
    find: 'Math.max(watermark, ...[...dropped.values()].map((left) => left.at))',
    replace: '[...dropped.values()].map((left) => left.at).at(-1) ?? watermark',
  },
  {
    rule: 'a checkpoint that takes the time of its last record for the newest',
    find: 'at: Math.max(at, ...batch.map((record) => record.at))',
    replace: 'at: batch.at(-1)?.at ?? at',
  },
  {
    rule: 'late records are counted',
    find: 'batch.filter((record) => !isLate(record, watermark))',
    replace: 'batch',
  },
  {
    rule: 'only shards without a checkpoint have late records',
    find: 'batch.filter((record) => !isLate(record, watermark))',
    replace: 'batch.filter((record) => plan.checkpoint || !isLate(record, watermark))',
  },
  {
    rule: 'a record without a time is never late',
    find: 'watermark > 0 && at <= watermark',
    replace: 'watermark > 0 && at > 0 && at <= watermark',
  },
  {
    rule: 'total first, checkpoint in a second write',
    find: 'if (of === shard) return { records, checkpoint };',
    replace: 'if (of === shard) return { records, checkpoint: held };',
  },
  {
    rule: 'checkpoint first, total in a second write',
    find: 'total: state.total + sumsOf(counted).started,',
    replace: 'total: state.total,',
  },
  {
    rule: 'a removal lowers the total',
    find: 'total: state.total + sumsOf(counted).started,',
    replace: 'total: state.total + rowsOf(counted),',
  },
  {
    rule: 'a survey that does not wait until all before the cutoff is counted',
    find: "  if (old.some(({ fate }) => fate === 'waiting')) return undefined;\n",
    replace: '',
  },
  {
    rule: 'a survey before the cutoff, so that another rebuild may have the same',
    find: 'if (!rebuild || now < rebuild.cutoff) return undefined;',
    replace: 'if (!rebuild) return undefined;',
  },
  {
    rule: 'a survey that forgets what was counted since the cutoff',
    find: 'total - rebuild.started - (removed - rebuild.removed)',
    replace: 'total - removed',
  },
  {
    rule: 'a correction without a condition',
    find: 'if (!state.survey || state.rebuild?.cutoff !== state.survey.cutoff) return undefined;',
    replace: 'if (!state.survey) return undefined;',
  },
  {
    rule: 'a correction that goes on counting apart',
    find: 'removed, rebuild: undefined }',
    replace: 'removed }',
  },
  {
    rule: 'a correction that lowers the total',
    find: 'state.total + state.survey.missing;',
    replace: 'state.total + state.survey.missing - state.survey.surplus;',
  },
];

const FILE = new URL('./counter-specification.ts', import.meta.url);

/** The specification with a rule broken. Throws when the rule's text is not in it just once. */
export const breakRule = async ({ rule, find, replace }: BrokenRule): Promise<Specification> => {
  const parts = readFileSync(FILE, 'utf8').split(find);
  if (parts.length !== 2) throw new Error(`"${rule}" is there ${parts.length - 1} times`);
  // A module that is read from a text has no folder to import from.
  const text = parts.join(replace).replaceAll("'./", `'${new URL('.', import.meta.url)}`);
  return import(`data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(text))}`);
};
