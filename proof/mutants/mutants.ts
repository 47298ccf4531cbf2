/** A rule broken on purpose, and the tests that must fail when the simulation does not. */
export interface Mutant {
  readonly rule: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly tests?: string;
  /** The world in which the exploration detects it, if no small one does. */
  readonly world?: string;
}

const SETTINGS = 'src/tables/event-source-settings.ts';
const STORE_TESTS = 'test/tables';
const PROJECTOR_TESTS = 'test/projector test/domain';
const MARK_TESTS = 'test/projector/stream-batch.test.ts test/domain/tally.test.ts';
const NAME_TESTS = 'test/tables/counter-names.test.ts';
const DROP_TESTS = 'test/tables/empty-counter.test.ts test/cli/drop';
const BASELINE_TESTS = 'test/tables test/cli/baseline';
const SHARD_TESTS = 'test/active-shards test/domain/former-shards.test.ts';

/** The rules on which the exactness of the counter depends. */
export const MUTANTS: readonly Mutant[] = [
  {
    rule: 'the condition of the write removed, in memory',
    file: 'src/domain/memory-counter.ts',
    find: 'if (!holds(current, change))',
    replace: 'if (!holds(current, change) && false)',
  },
  {
    rule: 'the condition of the write removed, in DynamoDB',
    file: 'src/tables/counter-update.ts',
    find: "conditions(change, placeholders).join(' AND ')",
    replace:
      "conditions(change, placeholders).map((one) => '(' + one + ' OR NOT ' + one + ')').join(' AND ')",
    tests: STORE_TESTS,
  },
  {
    rule: 'the condition on dropped checkpoints removed',
    file: 'src/tables/counter-update.ts',
    find: '...[...change.expired.checkpoints].map(([id, seen]) => checkpointIs(id, seen, placeholders)),',
    replace: '',
    tests: STORE_TESTS,
  },
  {
    rule: 'checkpoints dropped an hour after their last record, while records still arrive',
    file: 'src/domain/counter-change.ts',
    find: '= 25 * 3600;',
    replace: '= 3600;',
    tests: PROJECTOR_TESTS,
  },
  {
    rule: 'no condition on the pack, in memory',
    file: 'src/domain/memory-counter.ts',
    find: '(isSamePack(counter.pack, packing.expected) &&',
    replace: '(isSamePack(counter.pack, counter.pack) &&',
    tests: STORE_TESTS,
  },
  {
    rule: 'no condition on the pack, in DynamoDB',
    file: 'src/tables/counter-update.ts',
    find: '  packIs(packing.expected, placeholders),\n',
    replace: '',
    tests: STORE_TESTS,
    world: 'packing-three-days',
  },
  {
    rule: 'no condition on the numbers that are packed, in memory',
    file: 'src/domain/memory-counter.ts',
    find: '[...seen].every(([day, number]) => stored.get(day) === number);',
    replace: '[...seen].every(([day, number]) => stored.get(day) === number || number > 0);',
    tests: STORE_TESTS,
  },
  {
    rule: 'no condition on the numbers that are packed, in DynamoDB',
    file: 'src/tables/counter-update.ts',
    find: '  ...numbersAre(movedAttributes(packing), placeholders),\n',
    replace: '',
    tests: STORE_TESTS,
  },
  {
    rule: 'a pack without what was packed before',
    file: 'src/domain/day-packing.ts',
    find: '[...joinDays(pack[kind], moved[kind])]',
    replace: '[...joinDays(moved[kind], new Map())]',
    world: 'packing-three-days',
  },
  {
    rule: 'packed numbers that also remain separate, in DynamoDB',
    file: 'src/tables/counter-update.ts',
    find: '    ...(packing ? movedAttributes(packing).map(([attribute]) => attribute) : []),\n',
    replace: '',
    tests: STORE_TESTS,
  },
  {
    rule: 'a checkpoint that stores sequence numbers in 8 bytes',
    file: 'src/tables/checkpoint-attribute.ts',
    find: 'BigInt(formatSequenceNumber(sequence)).toString(16)',
    replace: 'BigInt.asUintN(64, BigInt(formatSequenceNumber(sequence))).toString(16)',
    tests: STORE_TESTS,
  },
  {
    rule: 'a checkpoint that cannot be read counts as none',
    file: 'src/tables/checkpoint-attribute.ts',
    find: '  throw new UnreadableCheckpointError({ name, item }, shardId, value);',
    replace:
      "  if (value === name) throw new UnreadableCheckpointError({ name, item }, shardId, value);\n  return [shardId + '?', { sequence: '' as never, at: 1 }];",
    tests: STORE_TESTS,
  },
  {
    rule: '<= instead of <: the record of the checkpoint is counted again',
    file: 'src/domain/sequence-number.ts',
    find: 'b === undefined || a > b',
    replace: 'b === undefined || a >= b',
  },
  {
    rule: 'two separate writes: total, then checkpoint',
    file: 'src/tables/commit-counter-change.ts',
    find: '  const { Attributes } = await client.send(',
    replace:
      '  const { checkpoint, expectedCheckpoint } = change;\n' +
      '  if (expectedCheckpoint) await client.send(new UpdateCommand(counterUpdate(tableName, { ...change, checkpoint: expectedCheckpoint })));\n' +
      '  if (expectedCheckpoint) change = { ...change, checkpoint, started: 0, removed: 0, startedByDay: new Map(), removedByDay: new Map() };\n' +
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
    find: '({ counter, shardId, events })',
    replace: "({ counter, shardId: 'shard-0', events })",
  },
  {
    rule: 'one checkpoint for all shards, in DynamoDB',
    file: 'src/tables/checkpoint-attribute.ts',
    find: '(expandId(short) === shardId ? short : OTHER_ID + shardId)',
    replace: "(expandId(short) === shardId ? '=all' : '=all')",
    tests: STORE_TESTS,
  },
  {
    rule: 'ParallelizationFactor 2',
    file: SETTINGS,
    find: 'parallelizationFactor: 1',
    replace: 'parallelizationFactor: 2',
  },
  {
    rule: 'a limited number of retries',
    file: SETTINGS,
    find: 'maximumRetryAttempts: -1',
    replace: 'maximumRetryAttempts: 2',
  },
  {
    rule: 'a maximum record age',
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
    rule: 'a caught error that is not rethrown',
    file: 'src/projector/projector-handler.ts',
    find: 'await projectAll(batches);',
    replace: 'await projectAll(batches).catch(() => []);',
  },
  {
    rule: 'one checkpoint shared by two counters, in the projector',
    file: 'src/projector/projectors.ts',
    find: 'projectorOf(batch.counter)',
    replace: "projectorOf('')",
    tests: PROJECTOR_TESTS,
  },
  {
    rule: 'one checkpoint shared by two counters, in memory',
    file: 'src/domain/memory-counters.ts',
    find: 'of(change.counter).commitChange',
    replace: "of(change.counter && 'site').commitChange",
    tests: PROJECTOR_TESTS,
  },
  {
    rule: 'one checkpoint shared by two counters, in DynamoDB',
    file: 'src/tables/schema.ts',
    find: `\`$\{DISTINCT_SESSIONS}/$\{counter}\``,
    replace: 'DISTINCT_SESSIONS',
    tests: STORE_TESTS,
  },
  {
    rule: 'a batch that stops after the write of its first counter, and returns',
    file: 'src/projector/projectors.ts',
    find: 'await countAll(work,',
    replace: 'await countAll(work.slice(0, 1),',
    tests: PROJECTOR_TESTS,
  },
  {
    rule: 'a batch that was not begun, forgotten when its event fails',
    file: 'src/projector/projectors.ts',
    find: 'const neitherRefusedNorCounted = new Set(batches);',
    replace: 'const neitherRefusedNorCounted = new Set(batches.slice(0, WRITES_AT_ONCE));',
    tests: PROJECTOR_TESTS,
  },
  {
    rule: 'a failed write of one counter that does not fail the batch',
    file: 'src/runtime/in-parallel.ts',
    find: 'if (failure) throw',
    replace: 'if (failure && next < 0) throw',
    tests: PROJECTOR_TESTS,
  },
  {
    rule: 'a removal that lands in another counter',
    file: 'src/tables/row-counter.ts',
    find: '(change?.NewImage ?? change?.OldImage)?.[',
    replace: 'change?.NewImage?.[',
    tests: PROJECTOR_TESTS,
  },
  {
    rule: 'the memory of a container is trusted',
    file: 'src/projector/projector.ts',
    find: 'isAfter(sequence, guess?.sequence)) ? guess : undefined',
    replace: 'isAfter(sequence, guess?.sequence)) ? guess : guess',
    tests: PROJECTOR_TESTS,
  },
  {
    rule: 'a conflict treated as success',
    file: 'src/projector/projector.ts',
    find: "if (answer?.status !== 'conflict') return tally;",
    replace: "if (answer?.status !== 'conflict' || attempts >= 0) return tally;",
  },
  {
    rule: 'a second conflict that covers the first record treated as success',
    file: 'src/projector/projector.ts',
    find: '      expectedCheckpoint = answer.counter.checkpoints.get(batch.shardId);',
    replace:
      '      expectedCheckpoint = answer.counter.checkpoints.get(batch.shardId);\n' +
      '      const [first] = batch.events;\n' +
      '      if (attempts > 0 && expectedCheckpoint && first && !isAfter(first.sequence, expectedCheckpoint.sequence)) return tally;',
  },
  {
    rule: 'only one more attempt after a conflict',
    file: 'src/projector/projector.ts',
    find: 'const MAX_ATTEMPTS = 10;',
    replace: 'const MAX_ATTEMPTS = 1;',
  },
  {
    rule: 'a container that remembers nothing',
    file: 'src/projector/projector.ts',
    find: '    lastKnownCounter = answer?.counter ?? lastKnownCounter;',
    replace: '',
  },
  {
    rule: 'dropped checkpoints without a watermark',
    file: 'src/domain/counter-change.ts',
    find: 'next: Math.max(expected, ...[...dropped.values()].map(({ at }) => at)),',
    replace: 'next: expected,',
  },
  {
    rule: 'a watermark that applies only to shards without a checkpoint',
    file: 'src/domain/tally.ts',
    find: 'if (isLate(event, watermark))',
    replace: 'if (checkpoint === undefined && isLate(event, watermark))',
    tests: PROJECTOR_TESTS,
  },
  {
    rule: 'no condition on the watermark, in memory',
    file: 'src/domain/memory-counter.ts',
    find: '  watermark === change.watermark.expected &&',
    replace: '',
    tests: PROJECTOR_TESTS,
  },
  {
    rule: 'no condition on the watermark, in DynamoDB',
    file: 'src/tables/counter-update.ts',
    find: '  watermarkIs(change.watermark.expected, placeholders),',
    replace: '',
    tests: STORE_TESTS,
  },
  {
    rule: 'a batch that skips failed records',
    file: 'src/projector/projector.ts',
    find: 'guard.isSuspect(batch) && guard.checkLeap(batch, await readByRefusedWrite(batch))',
    replace: '(await readByRefusedWrite(batch)) === undefined',
  },
  {
    rule: 'a removal lowers the total',
    file: 'src/domain/tally.ts',
    find: '  sums[of] += by;\n',
    replace: "  sums[of] += by;\n  if (event.type === 'SessionRemoved') sums.started -= 1;\n",
  },
  {
    rule: 'removals missing from their days',
    file: 'src/domain/tally.ts',
    find: ', dayOf(event), by);',
    replace: ", event.type === 'SessionRemoved' ? undefined : dayOf(event), by);",
  },
  {
    rule: 'the mark of a retract ignored',
    file: 'src/projector/stream-batch.ts',
    find: "isMarked(change.OldImage, 'retracted') ?",
    replace: "isMarked(change.OldImage, 'retracted') && false ?",
    tests: MARK_TESTS,
  },
  {
    rule: 'a retract that also counts as a removal',
    file: 'src/domain/tally.ts',
    find: '  sums[of] += by;\n',
    replace: "  sums[of] += by;\n  if (event.type === 'SessionRetracted') sums.removed += 1;\n",
    tests: MARK_TESTS,
  },
  {
    rule: 'a retract that lowers the total at the mark, and again at the deletion',
    file: 'src/projector/stream-batch.ts',
    find: "return { event: { type: 'SessionTouched', sequence, writtenAt } };",
    replace: `return isMarked(change.NewImage, 'retracted')
        ? { event: { type: 'SessionRetracted', sequence, writtenAt, firstMs: firstVisit(change.NewImage) } }
        : { event: { type: 'SessionTouched', sequence, writtenAt } };`,
    tests: MARK_TESTS,
  },
  {
    rule: 'the mark of a restore ignored, so that it counts as a new session',
    file: 'src/projector/stream-batch.ts',
    find: "isMarked(change.NewImage, 'restored') ?",
    replace: "isMarked(change.NewImage, 'restored') && false ?",
    tests: MARK_TESTS,
  },
  {
    rule: 'a restore that leaves the number of removed rows as it is',
    file: 'src/domain/tally.ts',
    find: "SessionRestored: { of: 'removed', by: -1 },",
    replace: "SessionRestored: { of: 'removed', by: 0 },",
    tests: MARK_TESTS,
  },
  {
    rule: 'months not lowered by a retract',
    file: 'src/domain/counter-change.ts',
    find: 'startedByMonth: byMonth(tally.startedByDay),',
    replace:
      'startedByMonth: byMonth(new Map([...tally.startedByDay].filter(([, sum]) => sum > 0))),',
    tests: PROJECTOR_TESTS,
  },
  {
    rule: 'months that only follow kept days',
    file: 'src/domain/counter-change.ts',
    find: 'startedByMonth: byMonth(tally.startedByDay),',
    replace: 'startedByMonth: byMonth(added.startedByDay),',
    tests: PROJECTOR_TESTS,
  },
  {
    rule: 'a rebuild that corrects days but no month, in memory',
    file: 'src/domain/memory-counter.ts',
    find: 'joinMonths(counter.startedByMonth, byMonth(correction.startedByDay))',
    replace: 'joinMonths(counter.startedByMonth, byMonth(new Map()))',
    tests: STORE_TESTS,
  },
  {
    rule: 'a rebuild that corrects days but no month, in DynamoDB',
    file: 'src/tables/rebuild-counter.ts',
    find: '...[...byMonth(startedByDay)].map(',
    replace: '...[...byMonth(new Map())].map(',
    tests: STORE_TESTS,
  },
  {
    rule: 'a comparison that reads the counter only before the rows',
    file: 'src/domain/row-comparison.ts',
    find: 'counted(before), counted(after))];',
    replace: 'counted(before), counted(before))];',
  },
  {
    rule: 'a comparison of old rows that ignores the removals of separate days',
    file: 'src/domain/row-comparison.ts',
    find: '    removed: counter.removed - sumDays(counter.removedByDay, isSince),',
    replace: '    removed: counter.removed,',
  },
  {
    rule: 'MODIFY counts',
    file: 'src/projector/stream-batch.ts',
    find: "return { event: { type: 'SessionTouched', sequence, writtenAt } };",
    replace:
      "return { event: { type: 'SessionStarted', sequence, writtenAt, firstMs: undefined } };",
  },
  {
    rule: 'malformed records that throw',
    file: 'src/projector/stream-batch.ts',
    find: 'if (sequence === undefined) return { reason:',
    replace:
      "if (sequence === undefined) throw new Error('malformed'); else if (Date.now() < 0) return { reason:",
  },
  {
    rule: 'a rebuild that ignores the sessions since its cutoff',
    file: 'src/domain/row-comparison.ts',
    find: 'started: started - since.started - countedAhead',
    replace: 'started: started - countedAhead',
  },
  {
    rule: 'a rebuild that ignores counted rows dated past its cutoff',
    file: 'src/domain/row-comparison.ts',
    find: 'started: started - since.started - countedAhead',
    replace: 'started: started - since.started',
  },
  {
    rule: 'a rebuild that lowers the total for a lost removal',
    file: 'src/domain/rebuild.ts',
    find: "if (policy === 'add-removals') {",
    replace: "if (policy === 'add-removals' && missing < 0) {",
    tests: 'test/audit test/domain',
  },
  {
    rule: 'no condition on the rebuild, in memory',
    file: 'src/domain/memory-counter.ts',
    find: '  rebuild?.cutoff === change.rebuild?.cutoff &&',
    replace: '',
  },
  {
    rule: 'no condition on the rebuild, in DynamoDB',
    file: 'src/tables/counter-update.ts',
    find: '  rebuildIs(change.rebuild?.cutoff, placeholders),',
    replace: '',
    tests: STORE_TESTS,
  },
  {
    rule: 'a rebuild that reuses the cutoff of a killed one',
    file: 'src/audit/cutoff.ts',
    find: '  const { cutoff, names, isBegun } = await',
    replace:
      '  for (const [name, { rebuild }] of await dependencies.readCounters()) if (rebuild && now() > 0) ' +
      'return { cutoff: { at: rebuild.cutoff, countedAhead: new Map([[name, 0]]) }, leadMs, withoutItem };\n' +
      '  const { cutoff, names, isBegun } = await',
  },
  {
    rule: 'a delayed request that sets an old cutoff again',
    file: 'src/tables/rebuild-counter.ts',
    find: `, $\{name(COUNTER.lastCutoff)} = $\{value(cutoff)}, \``,
    replace: ', `',
    tests: STORE_TESTS,
    world: 'twin-rebuilds',
  },
  {
    rule: 'two rebuilds with the same cutoff',
    file: 'src/audit/begun-rebuilds.ts',
    find: 'lastCutoffs.has(cutoff) ?',
    replace: "lastCutoffs.has('') ?",
    tests: 'test/audit/cutoff.test.ts',
    world: 'twin-rebuilds',
  },
  {
    rule: 'a rebuild whose cutoff may be set too late',
    file: 'src/audit/cutoff.ts',
    find: 'const isAhead = (): boolean => now() < Date.parse(cutoff);',
    replace: 'const isAhead = (): boolean => now() > 0;',
    tests: 'test/audit/rebuild-of-exact-counter.test.ts',
  },
  {
    rule: 'a rebuild that counts rows from the future while more arrive',
    file: 'src/audit/cutoff.ts',
    find: 'was?.started === is?.started && was?.removed === is?.removed;',
    replace: '(was?.started ?? 0) <= (is?.started ?? 0);',
    tests: 'test/audit',
  },
  {
    rule: 'a rebuild that does not wait for visits in flight',
    file: 'src/audit/rebuild.ts',
    find: 'Date.parse(cutoff.at) + marginMs + CLOCK_STEP_MS - now()',
    replace: 'Date.parse(cutoff.at) - now()',
    world: 'rebuild-visit',
  },
  {
    rule: 'a rebuild that treats empty pages as the end of a closed shard',
    file: 'src/audit/stream-progress.ts',
    find: 'closed.has(shardId) ? Number.POSITIVE_INFINITY : EMPTY_PAGES',
    replace: 'closed.has(shardId) ? EMPTY_PAGES : EMPTY_PAGES',
    tests: 'test/audit',
  },
  {
    rule: 'a correction after a single comparison',
    file: 'src/audit/rebuild.ts',
    find: 'if (isCorrect(survey)) return survey;',
    replace: 'if (survey.counters.size > 0) return survey;',
    tests: 'test/audit',
  },
  {
    rule: 'an audit that reads the counter before deletions are counted',
    file: 'src/audit/audit.ts',
    find: '  await settle();\n  const cutoffMs',
    replace: '  const cutoffMs',
    tests: 'test/audit/audit.test.ts',
  },
  {
    rule: 'a rebuild that aborts another one',
    file: 'src/domain/memory-counter.ts',
    find: 'rebuild?.cutoff === cutoff && updatedAt',
    replace: 'updatedAt',
  },
  {
    rule: 'a replay that does not sort the records of a shard',
    file: 'src/cli/replay/batches-by-time.ts',
    find: '\n    .sort((a, b) => compareSequence(a.sequence, b.sequence))',
    replace: '',
  },
  {
    rule: 'a replay that processes one shard after the other',
    file: 'src/cli/replay/batches-by-time.ts',
    find: 'slices.toSorted((a, b) => a.hour - b.hour)',
    replace: 'slices',
  },
  {
    rule: 'a verify that does not wait for changes made while it read the rows',
    file: 'src/audit/read-rows.ts',
    find: 'const after = await readCounted([...rows.keys()]);',
    replace: 'const after = await readCounters();',
  },
  {
    rule: 'a verify that does not wait for changes made before it read the rows',
    file: 'src/audit/read-rows.ts',
    find: 'const before = await readCounted([]);',
    replace: 'const before = await readCounters();',
    tests: 'test/audit/verify.test.ts',
  },
  {
    rule: 'a stream that is read after the newest checkpoint of all counters',
    file: 'src/audit/stream-progress.ts',
    find: 'known.length < found.length ? undefined : known.sort(compareSequence)[0]',
    replace: 'known.sort(compareSequence).at(-1)',
    tests: 'test/audit/stream-progress-of-several.test.ts',
  },
  {
    rule: 'an audit in which the surplus of one counter hides what another one lacks',
    file: 'src/domain/row-comparison.ts',
    find: 'missing: sum(({ missing }) => missing),',
    replace: 'missing: Math.max(0, sum(({ missing, surplus }) => missing - surplus)),',
    tests: 'test/audit/audit-of-several.test.ts',
  },
  {
    rule: 'a rebuild that corrects a counter by the rows of another one',
    file: 'src/audit/read-rows.ts',
    find: 'rows: rows.get(counter) ?? NO_ROWS,',
    replace: 'rows: [...rows.values()][0] ?? NO_ROWS,',
    tests: 'test/audit/rebuild-of-several.test.ts',
  },
  {
    rule: 'a restart after the newest checkpoint of all counters, in the local run',
    file: 'src/local/event-source/open-shard-iterator.ts',
    find: "=== false ? 'start' : reached.position",
    replace: '=== false ? reached.position : reached.position',
    tests: 'test/local/killed-between-writes.test.ts',
  },
  {
    rule: 'former partitions of the index that are not read',
    file: 'src/domain/former-shards.ts',
    find: '? Math.max(activeShards, formerShards.activeShards)',
    replace: '? activeShards',
    tests: SHARD_TESTS,
  },
  {
    rule: 'former partitions that are given up while sessions in them may be active',
    file: 'src/domain/former-shards.ts',
    find: 'nowMs + LONGEST_WINDOW_MS + MARGIN_MS',
    replace: 'nowMs + MARGIN_MS',
    tests: SHARD_TESTS,
  },
  {
    rule: 'a second change of the partitions that forgets those before the first',
    file: 'src/active-shards/active-shards-handler.ts',
    find: 'Math.max(used, findOldNumber(request, used))',
    replace: 'findOldNumber(request, used)',
    tests: SHARD_TESTS,
  },
  {
    rule: 'a change of the partitions that forgets those to which functions still write',
    file: 'src/active-shards/active-shards-handler.ts',
    find: '<= ALL ? number : ALL',
    replace: '<= ALL ? used : ALL',
    tests: SHARD_TESTS,
  },
  {
    rule: 'the limit on names not enforced',
    file: 'src/tables/counter-names.ts',
    find: 'names.value(maxCounters)',
    replace: 'names.value(maxCounters + 1e9)',
    tests: NAME_TESTS,
  },
  {
    rule: 'a name that is added twice counts twice',
    file: 'src/tables/counter-names.ts',
    find: "'attribute_not_exists(#key)'",
    replace: "'attribute_not_exists(#key) OR attribute_exists(#key)'",
    tests: NAME_TESTS,
  },
  {
    rule: 'a drop that empties a counter after it has counted a visit',
    file: 'src/tables/empty-counter.ts',
    find: `: \`$\{name(attribute)} = $\{value(expected)}\`;`,
    replace: `: \`$\{name(attribute)} >= $\{value(expected)}\`;`,
    tests: DROP_TESTS,
  },
  {
    rule: 'a drop that forgets the watermark',
    file: 'src/tables/empty-counter.ts',
    find: 'COUNTER.updatedAt, COUNTER.rebuilt]',
    replace: 'COUNTER.updatedAt, COUNTER.rebuilt, COUNTER.watermark]',
    tests: DROP_TESTS,
  },
  {
    rule: 'a drop without a last scan that finds no row',
    file: 'src/cli/drop/drop-counter.ts',
    find: '    if (found > 0) continue;\n',
    replace: '',
    tests: DROP_TESTS,
  },
  {
    rule: 'baseline inside the total of what counts sessions',
    file: 'src/tables/counter-item.ts',
    find: 'total: Number(item[COUNTER.total] ?? 0),',
    replace:
      'total: Number(item[COUNTER.total] ?? 0) + Number((item[COUNTER.baseline] as never)?.["sessions"] ?? 0),',
    tests: BASELINE_TESTS,
  },
  {
    rule: 'baseline inside the total of what shows the counts',
    file: 'src/tables/shown-counter.ts',
    find: 'return { ...counter, baseline };',
    replace: 'return { ...counter, total: counter.total + baseline.sessions, baseline };',
    tests: BASELINE_TESTS,
  },
  {
    rule: 'a drop that keeps the baseline',
    file: 'src/tables/empty-counter.ts',
    find: '  COUNTER.baseline,\n',
    replace: '',
    tests: BASELINE_TESTS,
  },
];
