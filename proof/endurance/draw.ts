import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A source of whole numbers from `min` to `max`, both included. */
export type Draw = (min: number, max: number) => number;

/** A source of random numbers; always the same for the same seed. */
export const createDraw = (seed: number): Draw => {
  const generator = xoroshiro128plus(seed);
  return (min, max) => uniformInt(generator, min, max);
};

/** A seed for another source, so that draws from one do not affect the other. */
export const drawSeed = (draw: Draw): number => draw(0, 0x7fffffff);
