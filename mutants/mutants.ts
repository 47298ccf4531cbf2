/** A rule that is broken on purpose, and the tests that must notice when the simulation does not. */
export interface Mutant {
  readonly rule: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly tests?: string;
}

const SETTINGS = 'src/projector/event-source-settings.ts';
const STORE_TESTS = 'test/tables';
const PROJECTOR_TESTS = 'test/projector test/domain';

/** What the exactness of the counter rests on, rule by rule. */
export const MUTANTS: readonly Mutant[] = [
  {
    rule: 'condition removed, in memory',
    file: 'src/domain/memory-counter.ts',
    find: 'if (!holds(current, change))',
    replace: 'if (!holds(current, change) && false)',
  },
  {
    rule: 'condition removed, in DynamoDB',
    file: 'src/tables/counter-update.ts',
    find: "conditions(change, placeholders).join(' AND ')",
    replace:
      "conditions(change, placeholders).map((one) => '(' + one + ' OR NOT ' + one + ')').join(' AND ')",
    tests: STORE_TESTS,
  },
  {
    rule: 'condition on the dropped checkpoints removed',
    file: 'src/tables/counter-update.ts',
    find: '...[...expired.checkpoints].map(([id, seen]) => checkpointIs(id, seen, placeholders)),',
    replace: '',
    tests: STORE_TESTS,
  },
  {
    rule: '<= in place of <: the checkpoint itself is counted again',
    file: 'src/domain/sequence-number.ts',
    find: 'b === undefined || a > b',
    replace: 'b === undefined || a >= b',
  },
  {
    rule: 'two separate writes: total, then checkpoint',
    file: 'src/tables/commit-counter-change.ts',
    find: '  const { Attributes } = await client.send(',
    replace:
      '  const { checkpoint, basis } = change;\n' +
      '  if (basis) await client.send(new UpdateCommand(counterUpdate(tableName, { ...change, checkpoint: basis })));\n' +
      '  if (basis) change = { ...change, checkpoint, started: 0, removed: 0, startedByDay: new Map(), removedByDay: new Map() };\n' +
      '  const { Attributes } = await client.send(',
    tests: STORE_TESTS,
  },
  {
    rule: 'sequence numbers as JavaScript numbers',
    file: 'src/domain/sequence-number.ts',
    find: '(text.padStart(MAX_DIGITS, ',
    replace: '(BigInt(Number(text)).toString().padStart(MAX_DIGITS, ',
  },
  {
    rule: 'sequence numbers compared as plain text',
    file: 'src/domain/sequence-number.ts',
    find: "text.padStart(MAX_DIGITS, '0')",
    replace: 'text',
  },
  {
    rule: 'one checkpoint for all shards, in the projector',
    file: 'src/projector/stream-batch.ts',
    find: 'return { shardId, events,',
    replace: "return { shardId: 'shard-0', events,",
  },
  {
    rule: 'one checkpoint for all shards, in DynamoDB',
    file: 'src/tables/counter-item.ts',
    find: 'COUNTER.checkpointPrefix + shardId',
    replace: "COUNTER.checkpointPrefix + shardId.slice(0, 0) + 'all'",
    tests: STORE_TESTS,
  },
  {
    rule: 'ParallelizationFactor 2',
    file: SETTINGS,
    find: 'parallelizationFactor: 1',
    replace: 'parallelizationFactor: 2',
  },
  {
    rule: 'retries that end',
    file: SETTINGS,
    find: 'maximumRetryAttempts: -1',
    replace: 'maximumRetryAttempts: 2',
  },
  {
    rule: 'records that grow too old',
    file: SETTINGS,
    find: 'maximumRecordAgeSeconds: -1',
    replace: 'maximumRecordAgeSeconds: 60',
  },
  {
    rule: 'batches bisected, halves in reverse order',
    file: SETTINGS,
    find: 'bisectBatchOnFunctionError: false',
    replace: 'bisectBatchOnFunctionError: true',
  },
  {
    rule: 'start at LATEST',
    file: SETTINGS,
    find: "startingPosition: 'TRIM_HORIZON'",
    replace: "startingPosition: 'LATEST'",
  },
  {
    rule: 'no tumbling window, so no shard id',
    file: SETTINGS,
    find: 'tumblingWindowSeconds: 900',
    replace: 'tumblingWindowSeconds: 0',
  },
  {
    rule: 'an error caught and forgotten',
    file: 'src/projector/projector-handler.ts',
    find: 'await project(batch);',
    replace: 'await project(batch).catch(() => ({ started: 0, duplicates: 0 }));',
  },
  {
    rule: 'the memory of a container trusted',
    file: 'src/projector/projector.ts',
    find: 'isAfter(sequence, guess?.sequence)) ? guess : undefined',
    replace: 'isAfter(sequence, guess?.sequence)) ? guess : guess',
    tests: PROJECTOR_TESTS,
  },
  {
    rule: 'a conflict taken for success',
    file: 'src/projector/projector.ts',
    find: "if (answer?.status !== 'conflict') return tally;",
    replace: "if (answer?.status !== 'conflict' || attempts >= 0) return tally;",
  },
  {
    rule: 'a second conflict that covers the first record taken for success',
    file: 'src/projector/projector.ts',
    find: '      basis = answer.counter.checkpoints.get(batch.shardId);',
    replace:
      '      basis = answer.counter.checkpoints.get(batch.shardId);\n' +
      '      const [first] = batch.events;\n' +
      '      if (attempts > 0 && basis && first && !isAfter(first.sequence, basis.sequence)) return tally;',
  },
  {
    rule: 'only one more attempt after a conflict',
    file: 'src/projector/projector.ts',
    find: 'const MAX_ATTEMPTS = 10;',
    replace: 'const MAX_ATTEMPTS = 1;',
  },
  {
    rule: 'a container that never remembers',
    file: 'src/projector/projector.ts',
    find: '    seen = answer?.counter ?? seen;',
    replace: '',
  },
  {
    rule: 'checkpoints dropped while records can come again',
    file: 'src/domain/counter-change.ts',
    find: 'CHECKPOINT_LIFETIME_SECONDS = 48 * 3600',
    replace: 'CHECKPOINT_LIFETIME_SECONDS = 25 * 3600',
  },
  {
    rule: 'a removal lowers the total',
    file: 'src/domain/tally.ts',
    find: '      sums.removed += 1;',
    replace: '      sums.removed += 1;\n      sums.started -= 1;',
  },
  {
    rule: 'removed rows in no day, so that an audit blames the young ones',
    file: 'src/domain/tally.ts',
    find: '      addToDay(sums.removedByDay, dayOf(event), 1);',
    replace: '',
  },
  {
    rule: 'an audit that looks at the counter only before it reads the rows',
    file: 'src/domain/audit.ts',
    find: 'heldBefore(cut, after)];',
    replace: 'heldBefore(cut, before)];',
  },
  {
    rule: 'an audit that forgets to leave out removed rows',
    file: 'src/domain/audit.ts',
    find: 'removed: removed - sumFrom(cut, removedByDay),',
    replace: 'removed,',
  },
  {
    rule: 'MODIFY counts',
    file: 'src/projector/stream-batch.ts',
    find: "return { event: { type: 'SessionTouched', sequence } };",
    replace: "return { event: { type: 'SessionStarted', sequence, firstMs: undefined } };",
  },
  {
    rule: 'odd records thrown on',
    file: 'src/projector/stream-batch.ts',
    find: 'if (sequence === undefined) return { reason:',
    replace:
      "if (sequence === undefined) throw new Error('odd'); else if (Date.now() < 0) return { reason:",
  },
  {
    rule: 'a rebuild that forgets the sessions since its cut',
    file: 'src/domain/rebuild.ts',
    find: 'total - (rebuild?.started ?? 0)',
    replace: 'total',
  },
  {
    rule: 'a projector that does not mind a rebuild, in memory',
    file: 'src/domain/memory-counter.ts',
    find: '  rebuild?.cut === change.rebuild?.cut &&',
    replace: '',
  },
  {
    rule: 'a projector that does not mind a rebuild, in DynamoDB',
    file: 'src/tables/counter-update.ts',
    find: '  rebuildIs(rebuild?.cut, placeholders),',
    replace: '',
    tests: STORE_TESTS,
  },
  {
    rule: 'a rebuild that trusts the mark of one that was killed',
    file: 'src/cli/rebuild/rebuild.ts',
    find: 'if (rebuild) await store.dropCut(rebuild.cut);',
    replace: 'if (rebuild) return rebuild.cut;',
  },
  {
    rule: 'a rebuild whose mark may be late',
    file: 'src/cli/rebuild/rebuild.ts',
    find: 'marked && now() < Date.parse(cut)',
    replace: 'marked',
  },
  {
    rule: 'a rebuild that does not wait for visits under way',
    file: 'src/cli/rebuild/rebuild.ts',
    find: 'Date.parse(cut) + marginMs - now()',
    replace: 'Date.parse(cut) - now()',
  },
  {
    rule: 'a rebuild that ends another one',
    file: 'src/domain/memory-counter.ts',
    find: 'rebuild?.cut === cut && updatedAt',
    replace: 'updatedAt',
  },
];
