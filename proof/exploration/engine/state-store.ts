/** How the states of a world are encoded: a fixed number of 16-bit numbers each. */
export interface StateCodec<State> {
  readonly width: number;
  /** Equal states are encoded identically. */
  readonly write: (state: State, into: Uint16Array, at: number) => void;
  readonly read: (from: Uint16Array, at: number) => State;
}

/** Every state that was found, once; numbered from 0 in the order of discovery. */
export interface StateStore<State> {
  readonly size: () => number;
  /** Adds the state; returns whether it was new. */
  readonly add: (state: State) => boolean;
  readonly get: (number: number) => State;
  readonly has: (number: number, state: State) => boolean;
}

/**
 * A store of full states, 2 bytes for each of their numbers plus about 12 more. States are found by a
 * hash but compared in full, so a hash collision hides none.
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

/** Rows of numbers, stored contiguously. */
interface Rows {
  readonly size: () => number;
  readonly add: (row: Uint16Array) => void;
  readonly get: (number: number) => Uint16Array;
  readonly isAt: (number: number, row: Uint16Array) => boolean;
}

// Rows per block of memory: a single array would have to be copied whenever it is full.
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

/** A hash table of row numbers, stored plus one because 0 marks a free place. */
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

// FNV-1a followed by the finalizer of MurmurHash3, since only the low bits are used.
const hashOf = (numbers: Uint16Array): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < numbers.length; at += 1) {
    hash = Math.imul(hash ^ (numbers[at] as number), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};
