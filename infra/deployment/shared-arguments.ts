import type { CommandArguments } from './arguments.ts';

/** The arguments that every `cdk` command needs: profile, region and context values. */
export const sharedArguments = ({ profile, region, context }: CommandArguments): string[] => [
  ...(profile ? ['--profile', profile] : []),
  ...(region ? ['--region', region] : []),
  ...context.flatMap((entry) => ['--context', entry]),
];

/** The keys of the context values. */
export const contextKeys = ({ context }: CommandArguments): string[] =>
  context.map((entry) => entry.split('=')[0] ?? '');
