import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../src/domain/counter.ts';
import {
  compareSequence,
  formatSequenceNumber,
  parseSequenceNumber,
  type SequenceNumber,
} from '../../src/domain/sequence-number.ts';
import { LAST_SECOND } from '../../src/domain/utc-day.ts';
import {
  checkpointAttribute,
  encodeCheckpoint,
  parseCheckpointAttribute,
  UnreadableCheckpointError,
} from '../../src/tables/checkpoint-attribute.ts';
import { checkpoint } from '../support/counter-changes.ts';

const SHARD = 'shardId-00000001795456800000-a1b2c3d4';
const NAME = checkpointAttribute(SHARD);
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

const shardIds = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.tuple(fc.bigInt(0n, 10n ** 20n - 1n), fc.nat(0xff_ff_ff_ff)).map(([time, id]) => {
    const suffix = id.toString(16).padStart(8, '0');
    return `shardId-${time.toString().padStart(20, '0')}-${suffix}`;
  }),
);
const sequences = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.bigInt(0n, 10n ** 40n - 1n))
  .map(([digits, number]) => parseSequenceNumber(`${number}`.slice(0, digits)) as SequenceNumber);
const checkpoints = fc.record({
  sequence: sequences,
  at: fc.integer({ min: 0, max: LAST_SECOND }),
});

describe('a checkpoint as it is stored', () => {
  it('is read as it was written, for every shard, sequence number and time', () => {
    const isSame = (shardId: string, held: Checkpoint): void => {
      const read = parseCheckpointAttribute(checkpointAttribute(shardId), encodeCheckpoint(held));
      expect(read).toEqual([shardId, held]);
    };
    fc.assert(fc.property(shardIds, checkpoints, isSame));
  });

  it.each(['0', '9'.repeat(21), `1${'0'.repeat(21)}`, '9'.repeat(40)])(
    'keeps every digit of %s',
    (digits) => {
      const held = checkpoint(digits);
      const [, read] = parseCheckpointAttribute(NAME, encodeCheckpoint(held));
      expect(formatSequenceNumber(read.sequence)).toBe(digits);
    },
  );

  it('is the same for a sequence number with leading zeros, so that a condition matches it', () => {
    expect(encodeCheckpoint(checkpoint('0000123'))).toEqual(encodeCheckpoint(checkpoint('123')));
  });

  it('keeps the order of sequence numbers of any length', () => {
    const order = (a: Checkpoint, b: Checkpoint): void => {
      const read = [a, b].map((held) => parseCheckpointAttribute(NAME, encodeCheckpoint(held))[1]);
      const [first, second] = read.map(({ sequence }) => sequence) as [
        SequenceNumber,
        SequenceNumber,
      ];
      const expected = BigInt(a.sequence) - BigInt(b.sequence);
      expect(Math.sign(compareSequence(first, second))).toBe(Math.sign(Number(expected)));
    };
    fc.assert(fc.property(checkpoints, checkpoints, order));
    order(checkpoint('9'.repeat(21)), checkpoint(`1${'0'.repeat(21)}`));
  });

  it('has 33 bytes with its name for an ID of AWS and 28 digits', () => {
    const value = encodeCheckpoint(checkpoint('4421584500000000017450439091'));
    expect(NAME).toBe('@mwtkmdc018v5qdw');
    expect(NAME.length + value.length).toBe(33);
  });

  it('has a different name for every shard', () => {
    const differ = (a: string, b: string): void => {
      expect(checkpointAttribute(a) === checkpointAttribute(b)).toBe(a === b);
    };
    fc.assert(fc.property(shardIds, shardIds, differ));
    differ(SHARD, NAME.slice(1));
    differ(SHARD, `=${NAME.slice(1)}`);
  });

  it.each([
    ['no value', undefined],
    ['a number', 7],
    ['text', 'text'],
    ['the form of an older version', { sequence: '1', at: 1 }],
    ['no bytes', bytes('')],
    ['only a time', bytes('006b040360')],
    ['a sequence number with a byte too many', bytes('006b0403600001')],
    ['a sequence number of 41 digits', bytes(`006b040360${(10n ** 40n).toString(16)}`)],
    ['a time after the year 9999', bytes('ffffffffff01')],
  ])('is refused when it is %s, because its shard would be counted twice', (_, value) => {
    expect(() => parseCheckpointAttribute(NAME, value)).toThrow(UnreadableCheckpointError);
  });

  it.each([`@=${SHARD}`, '@', '@x', '@MWTKMDC018V5QDW', '@0mwtkmdc018v5qdw'])(
    'is refused under the name %s, because no condition would find it',
    (name) => {
      const value = encodeCheckpoint(checkpoint('1'));
      expect(() => parseCheckpointAttribute(name, value)).toThrow(UnreadableCheckpointError);
    },
  );

  it('names no shard whose name it would not have', () => {
    for (const name of ['@x', '@MWTKMDC018V5QDW']) {
      expect(() => parseCheckpointAttribute(name, bytes('01'))).toThrow(
        `${name} of the item distinct_sessions, the checkpoint of an unknown shard,`,
      );
    }
  });

  it('says which shard cannot be read, and what it found', () => {
    expect(() => parseCheckpointAttribute(NAME, bytes('0102'))).toThrow(
      new RegExp(
        `${NAME} of the item distinct_sessions, the checkpoint of ${SHARD}, must be .* but it is the bytes AQI=`,
      ),
    );
  });
});
