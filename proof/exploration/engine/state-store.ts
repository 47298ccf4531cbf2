/** How the states of a world are written down: so many numbers of 16 bits each. */
export interface StateCodec<State> {
  readonly width: number;
  /** Equal states are written alike. */
  readonly write: (state: State, into: Uint16Array, at: number) => void;
  readonly read: (from: Uint16Array, at: number) => State;
}

/** Every state that was found, once; each has a number, from 0 in the order of finding. */
export interface StateStore<State> {
  readonly size: () => number;
  /** Whether the state is new, and is now there. */
  readonly add: (state: State) => boolean;
  readonly get: (number: number) => State;
  readonly has: (number: number, state: State) => boolean;
}

/**
 * A store that keeps the states themselves, 2 bytes for each number of theirs and some 12 more, and
 * finds them by a hash: two states of one hash are still two, so that nothing is passed over.
 */
export const createStateStore = <State>(codec: StateCodec<State>): StateStore<State> => {
  const rows = createRows(codec.width);
  const places = createPlaces(rows);
  const scratch = new Uint16Array(codec.width);
  const written = (state: State): Uint16Array => {
    codec.write(state, scratch, 0);
    return scratch;
  };
  return {
    size: rows.size,
    add: (state) => places.add(written(state)),
    get: (number) => codec.read(rows.get(number), 0),
    has: (number, state) => rows.isAt(number, written(state)),
  };
};

/** Rows of numbers, one behind the other. */
interface Rows {
  readonly size: () => number;
  readonly add: (row: Uint16Array) => void;
  readonly get: (number: number) => Uint16Array;
  readonly isAt: (number: number, row: Uint16Array) => boolean;
}

// Rows to a block of memory: one array for all would have to be copied each time that it is full.
const BLOCK_BITS = 16;
const BLOCK = 1 << BLOCK_BITS;

const createRows = (width: number): Rows => {
  const blocks: Uint16Array[] = [];
  let size = 0;
  const startOf = (number: number): number => (number & (BLOCK - 1)) * width;
  const blockOf = (number: number): Uint16Array => blocks[number >>> BLOCK_BITS] as Uint16Array;
  return {
    size: () => size,
    add: (row) => {
      if (startOf(size) === 0) blocks.push(new Uint16Array(BLOCK * width));
      blockOf(size).set(row, startOf(size));
      size += 1;
    },
    get: (number) => blockOf(number).subarray(startOf(number), startOf(number) + width),
    isAt: (number, row) => {
      const block = blockOf(number);
      const start = startOf(number);
      for (let at = 0; at < width; at += 1) if (block[start + at] !== row[at]) return false;
      return true;
    },
  };
};

/** A hash table of the numbers of rows, each one higher, since 0 says that a place is free. */
const createPlaces = (rows: Rows) => {
  let table = new Int32Array(1 << 16);
  const findPlace = (row: Uint16Array): number => {
    const mask = table.length - 1;
    let place = hashOf(row) & mask;
    for (let held = table[place] ?? 0; held !== 0 && !rows.isAt(held - 1, row); ) {
      place = (place + 1) & mask;
      held = table[place] ?? 0;
    }
    return place;
  };
  const grow = (): void => {
    table = new Int32Array(table.length * 2);
    for (let number = 0; number < rows.size(); number += 1) {
      table[findPlace(rows.get(number))] = number + 1;
    }
  };
  return {
    add: (row: Uint16Array): boolean => {
      if (rows.size() * 2 >= table.length) grow();
      const place = findPlace(row);
      if (table[place] !== 0) return false;
      rows.add(row);
      table[place] = rows.size();
      return true;
    },
  };
};

// FNV-1a, and then the mixing of MurmurHash3, since only the low bits are used.
const hashOf = (numbers: Uint16Array): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < numbers.length; at += 1) {
    hash = Math.imul(hash ^ (numbers[at] as number), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};
