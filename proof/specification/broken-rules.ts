/** A rule of the specification and how to break it; the search must then find a violation. */
export interface BrokenRule {
  readonly rule: string;
  readonly find: string;
  readonly replace: string;
}

const ignoring = (kind: string, as: string): string =>
  `batch.map((record) => record.kind === '${kind}' ? { ...record, kind: '${as}' } : record)`;

const numberOf = (kind: string): string =>
  `counted.filter((record) => record.kind === '${kind}').length`;

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
    rule: 'the mark of a retract is ignored',
    find: 'const counted = batch.filter(',
    replace: `const counted = ${ignoring('retract', 'remove')}.filter(`,
  },
  {
    rule: 'a retract also counts as a removal',
    find: 'removed: state.removed + sumsOf(counted).removed,',
    replace: `removed: state.removed + sumsOf(counted).removed + ${numberOf('retract')},`,
  },
  {
    rule: 'a retract lowers the total twice',
    find: 'total: state.total + sumsOf(counted).started,',
    replace: `total: state.total + sumsOf(counted).started - ${numberOf('retract')},`,
  },
  {
    rule: 'the mark of a restore is ignored, so it counts',
    find: 'const counted = batch.filter(',
    replace: `const counted = ${ignoring('restore', 'insert')}.filter(`,
  },
  {
    rule: 'a restore does not lower the number of removed rows',
    find: 'removed: state.removed + sumsOf(counted).removed,',
    replace: `removed: state.removed + sumsOf(counted).removed + ${numberOf('restore')},`,
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
