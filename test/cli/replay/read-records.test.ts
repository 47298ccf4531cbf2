import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { readRecords } from '../../../src/cli/replay/read-records.ts';
import { inserted } from '../../support/stream-records.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'all.jsonl');
});
const read = (text: string) => {
  writeFileSync(file, text);
  return readRecords([file]);
};
const lineOf = (position: number, shardId = 'a') =>
  JSON.stringify({ ...inserted(position), shardId });
const shardsOf = async (text: string) =>
  (await read(text)).map(({ shardId, record }) => `${shardId} ${record.eventID}`);

it('a line is a record or an event with several; metadata and blank lines are skipped', async () => {
  const event = JSON.stringify({ shardId: 'b', Records: [inserted(2), inserted(3)] });
  const note = JSON.stringify({ 'session-counter': 'recording', of: 'sessions' });
  const found = await shardsOf([note, lineOf(1), '', '   ', event, ''].join('\n'));
  expect(found).toEqual(['a event-1', 'b event-2', 'b event-3']);
});

it('only the last line may be truncated', async () => {
  expect(await shardsOf(`${lineOf(1)}\n{"shardId":"to`)).toEqual(['a event-1']);
  await expect(read(`{"shardId":"to\n${lineOf(1)}`)).rejects.toThrow(`${file}:1 is not valid JSON`);
  await expect(read(`${lineOf(1)}\n{"shardId":"to\n`)).rejects.toThrow(
    `${file}:2 is not valid JSON`,
  );
});

it.each(['7', 'null', '"text"'])('%s is not a record', async (line) => {
  await expect(read(`${lineOf(1)}\n${line}\n`)).rejects.toThrow(`${file}:2 is not a record`);
});

it.each([{}, { shardId: '' }, { shardId: 7 }])(
  'refuses a record without a shard, as in %j',
  async (part) => {
    await expect(read(`${JSON.stringify({ ...inserted(1), ...part })}\n`)).rejects.toThrow(
      `${file}:1 has no shardId, so its records cannot be ordered. Lambda sets it if the event source ` +
        'mapping has a tumbling window',
    );
  },
);

it('reads an event of 6 MB, the limit of Lambda, even if it is indented', async () => {
  const records = Array.from({ length: 9_000 }, (_, position) => inserted(position));
  const text = JSON.stringify({ shardId: 'a', Records: records }, null, 2);
  expect(text.length).toBeGreaterThan(6_000_000);
  expect(await read(text)).toHaveLength(9_000);
});
