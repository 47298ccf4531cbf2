import { bundleFunction, FUNCTIONS } from './bundles.ts';

for (const name of FUNCTIONS) {
  const { outputs } = (await bundleFunction(name)) ?? { outputs: {} };
  for (const [file, { bytes }] of Object.entries(outputs)) {
    process.stdout.write(`${file}  ${(bytes / 1000).toFixed(0)} kB\n`);
  }
}
