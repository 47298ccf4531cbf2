/** What compiles the runtime interface client: the commands, each with other names for it, and its Debian package. */
const TOOLS: readonly { readonly names: readonly string[]; readonly debian: string }[] = [
  { names: ['cmake', 'cmake3'], debian: 'cmake' },
  { names: ['make'], debian: 'make' },
  { names: ['c++', 'g++', 'clang++'], debian: 'g++' },
  { names: ['cc', 'gcc', 'clang'], debian: 'gcc' },
  { names: ['python3'], debian: 'python3' },
  { names: ['tar'], debian: 'tar' },
  { names: ['xz'], debian: 'xz-utils' },
];

/** What to install before the client can be compiled; undefined if this machine has everything. */
export const describeMissingTools = (
  platform: NodeJS.Platform,
  isInstalled: (command: string) => boolean,
): string | undefined => {
  if (platform !== 'linux') {
    return `aws-lambda-ric must be compiled on Linux, but this is ${platform}: use the dev container`;
  }
  const missing = TOOLS.filter(({ names }) => !names.some(isInstalled));
  if (missing.length === 0) return undefined;
  const commands = missing.map(({ names: [name] }) => name).join(', ');
  const packages = missing.map(({ debian }) => debian).join(' ');
  return (
    `aws-lambda-ric must be compiled, but these commands were not found: ${commands}. ` +
    `On Debian and Ubuntu: apt-get install ${packages}`
  );
};
