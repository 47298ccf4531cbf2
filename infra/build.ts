import { FUNCTIONS, writeBundle } from './bundles.ts';

await Promise.all(FUNCTIONS.map(writeBundle));
