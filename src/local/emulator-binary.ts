import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installCommandLine } from '../runtime/command-line.ts';
import { externalDynamoDBLines } from './external-dynamodb-lines.ts';
import { StartError } from './start-error.ts';

/** The system that a binary is for. */
export interface System {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
}

/** The version that the tests run with; equals the one in package.json. */
export const EMULATOR_VERSION = '1.2.1';

/**
 * The path of the emulator's binary, in the package `@dynoxide/<platform>-<arch>`. Looks for the package
 * from each of `folders`: beside this code, then in the project of the working directory, because npx
 * installs this code alone. Throws a StartError with the commands to run if the package is not installed.
 */
export const findEmulatorBinary = (
  system: System = process,
  folders: readonly string[] = [import.meta.dirname, process.cwd()],
): string => {
  const name = `@dynoxide/${system.platform}-${system.arch}`;
  const file = `${name}/dynoxide${system.platform === 'win32' ? '.exe' : ''}`;
  for (const folder of folders) {
    const path = resolveFrom(folder, file);
    if (path !== undefined) return path;
  }
  throw new StartError(explainMissing(name, system));
};

const resolveFrom = (folder: string, file: string): string | undefined => {
  try {
    return createRequire(join(folder, 'package.json')).resolve(file);
  } catch {
    return undefined;
  }
};

const explainMissing = (name: string, { platform, arch }: System): string =>
  `The embedded DynamoDB for ${platform}-${arch} is not installed. Install it, then start again:

  ${installCommandLine(`${name}@${EMULATOR_VERSION}`)}

Or run DynamoDB Local in a container and, in another terminal, start with its address:

${externalDynamoDBLines(platform)}`;
