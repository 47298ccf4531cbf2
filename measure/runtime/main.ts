import { HELP, type Options, parseOptions } from './options.ts';

// The CDK takes a second to load, which help and usage errors do not need.
const run = async (options: Options): Promise<boolean> => {
  const { runRuntime } = await import('./run-runtime.ts');
  return runRuntime(options);
};

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(`${HELP}\n`);
  else process.exitCode = (await run(options)) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
