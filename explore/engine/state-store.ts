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

// States to a block of memory: one array for all would have to be copied each time that it is full.
const BLOCK_BITS = 16;
const BLOCK = 1 << BLOCK_BITS;

/**
 * A store that keeps the states themselves, 2 bytes for each number of theirs and 8 more, and finds
 * them by a hash: two states of one hash are still two, so that nothing is passed over.
 */
export const createStateStore = <State>(codec: StateCodec<State>): StateStore<State> => {
  const { width } = codec;
  const blocks: Uint16Array[] = [];
  const scratch = new Uint16Array(width);
  let table = new Int32Array(1 << 16);
  let size = 0;
  const isAt = (number: number): boolean => {
    const block = blocks[number >>> BLOCK_BITS] as Uint16Array;
    const start = (number & (BLOCK - 1)) * width;
    for (let at = 0; at < width; at += 1) if (block[start + at] !== scratch[at]) return false;
    return true;
  };
  /** The place in the table of the state in `scratch`, or the free one where it belongs. */
  const findPlace = (): number => {
    let place = hashOf(scratch) & (table.length - 1);
    for (let held = table[place] ?? 0; held !== 0 && !isAt(held - 1); held = table[place] ?? 0) {
      place = (place + 1) & (table.length - 1);
    }
    return place;
  };
  const read = (number: number): void => {
    const start = (number & (BLOCK - 1)) * width;
    scratch.set((blocks[number >>> BLOCK_BITS] as Uint16Array).subarray(start, start + width));
  };
  const grow = (): void => {
    table = new Int32Array(table.length * 2);
    for (let number = 0; number < size; number += 1) {
      read(number);
      table[findPlace()] = number + 1;
    }
  };
  const append = (): void => {
    if ((size & (BLOCK - 1)) === 0) blocks.push(new Uint16Array(BLOCK * width));
    (blocks.at(-1) as Uint16Array).set(scratch, (size & (BLOCK - 1)) * width);
    size += 1;
  };
  return {
    size: () => size,
    add: (state) => {
      if (size * 2 >= table.length) grow();
      codec.write(state, scratch, 0);
      const place = findPlace();
      if (table[place] !== 0) return false;
      append();
      table[place] = size;
      return true;
    },
    get: (number) =>
      codec.read(blocks[number >>> BLOCK_BITS] as Uint16Array, (number & (BLOCK - 1)) * width),
    has: (number, state) => {
      codec.write(state, scratch, 0);
      return isAt(number);
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
