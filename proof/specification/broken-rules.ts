import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { Specification } from './next-states.ts';

/** A rule of the specification and how to break it; the search must then find a violation. */
export interface BrokenRule {
  readonly rule: string;
  readonly find: string;
  readonly replace: string;
}

/** Each rule of the specification, broken on purpose. */
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
    rule: 'a checkpoint without a time is dropped',
    find: '  if ([...dropped.values()].some((left) => left.at === 0)) return undefined;\n',
    replace: '',
  },
  {
    rule: 'the watermark does not rise',
    find: 'watermark: Math.max(watermark, ...[...dropped.values()].map((left) => left.at)),',
    replace: 'watermark,',
  },
  {
    rule: 'the watermark rises too little',
    find: '.map((left) => left.at)),',
    replace: '.map((left) => left.at - 1)),',
  },
  {
    rule: 'the watermark rises to the last dropped checkpoint, not to the newest',
    find: 'Math.max(watermark, ...[...dropped.values()].map((left) => left.at))',
    replace: '[...dropped.values()].map((left) => left.at).at(-1) ?? watermark',
  },
  {
    rule: 'a checkpoint takes the time of its last record, not of its newest',
    find: 'at: Math.max(at, ...batch.map((record) => record.at))',
    replace: 'at: batch.at(-1)?.at ?? at',
  },
  {
    rule: 'late records are counted',
    find: 'batch.filter((record) => !isLate(record, watermark))',
    replace: 'batch',
  },
  {
    rule: 'the watermark applies only to shards without a checkpoint',
    find: 'batch.filter((record) => !isLate(record, watermark))',
    replace: 'batch.filter((record) => plan.checkpoint || !isLate(record, watermark))',
  },
  {
    rule: 'a record without a time is never late',
    find: 'watermark > 0 && at <= watermark',
    replace: 'watermark > 0 && at > 0 && at <= watermark',
  },
  {
    rule: 'total and checkpoint in two writes, the total first',
    find: 'if (of === shard) return { records, checkpoint };',
    replace: 'if (of === shard) return { records, checkpoint: held };',
  },
  {
    rule: 'total and checkpoint in two writes, the checkpoint first',
    find: 'total: state.total + sumsOf(counted).started,',
    replace: 'total: state.total,',
  },
  {
    rule: 'a removal lowers the total',
    find: 'total: state.total + sumsOf(counted).started,',
    replace: 'total: state.total + rowsOf(counted),',
  },
  {
    rule: 'a survey does not wait until everything before the cutoff is counted',
    find: "  if (old.some(({ fate }) => fate === 'waiting')) return undefined;\n",
    replace: '',
  },
  {
    rule: 'a survey before the cutoff, so another rebuild may have the same cutoff',
    find: 'if (!rebuild || now < rebuild.cutoff) return undefined;',
    replace: 'if (!rebuild) return undefined;',
  },
  {
    rule: 'a survey ignores what was counted after the cutoff',
    find: 'total - rebuild.started - (removed - rebuild.removed)',
    replace: 'total - removed',
  },
  {
    rule: 'a correction without a condition',
    find: 'if (!state.survey || state.rebuild?.cutoff !== state.survey.cutoff) return undefined;',
    replace: 'if (!state.survey) return undefined;',
  },
  {
    rule: 'a correction does not end its rebuild',
    find: 'removed, rebuild: undefined }',
    replace: 'removed }',
  },
  {
    rule: 'a correction lowers the total',
    find: 'state.total + state.survey.missing;',
    replace: 'state.total + state.survey.missing - state.survey.surplus;',
  },
];

const FILE = new URL('./counter-specification.ts', import.meta.url);

/** The specification with one rule broken. Throws unless the rule's text occurs exactly once. */
export const breakRule = async ({ rule, find, replace }: BrokenRule): Promise<Specification> => {
  const parts = readFileSync(FILE, 'utf8').split(find);
  if (parts.length !== 2) throw new Error(`The text of "${rule}" occurs ${parts.length - 1} times`);
  // A module loaded from text cannot resolve relative imports.
  const text = parts.join(replace).replaceAll("'./", `'${new URL('.', import.meta.url)}`);
  return import(`data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(text))}`);
};
