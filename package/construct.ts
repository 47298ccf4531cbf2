// What `import … from 'session-counter'` gives: the only file that lists public names.
// biome-ignore-all lint/performance/noBarrelFile: the entry point of a package lists its names.
export { InvalidPropError } from '../infra/props/invalid-prop-error.ts';
export type { SessionCounterProps } from '../infra/props/session-counter-props.ts';
export { SessionCounter } from '../infra/session-counter.ts';
