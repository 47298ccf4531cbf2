import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isPackage } from '../../src/runtime/command-line.ts';
import { Refusal } from './refusal.ts';

/** The path of a file in an installed package, as code in the folder of `from` finds it. */
export type FindFile = (file: string, from: string) => string | undefined;

const HERE = import.meta.filename;
const PROJECT = join(process.cwd(), 'package.json');

const CDK_COMMAND = 'aws-cdk/bin/cdk';
// The app imports them, so they must be found from here.
const LIBRARIES = ['aws-cdk-lib/package.json', 'constructs/package.json'];

/**
 * The file of the `cdk` command: that of the project in the working directory, or else the one found
 * from here. Throws a Refusal when there is none.
 */
export const findCdk = (find: FindFile = findFile): string =>
  searchCdk(find) ?? refuse([CDK_COMMAND], find, isPackage);

/**
 * Throws a Refusal with the line that installs what a deployment needs. The package installs none of
 * it, because the other commands do not need these 200 MB.
 */
export const checkNeededPackages = (find: FindFile = findFile, isInstalled = isPackage): void => {
  const missing = LIBRARIES.filter((file) => find(file, HERE) === undefined);
  if (searchCdk(find) === undefined) missing.unshift(CDK_COMMAND);
  if (missing.length > 0) refuse(missing, find, isInstalled);
};

const searchCdk = (find: FindFile): string | undefined =>
  find(CDK_COMMAND, PROJECT) ?? find(CDK_COMMAND, HERE);

const refuse = (missingFiles: readonly string[], find: FindFile, isInstalled: boolean): never => {
  const problem = `This command needs packages that are not installed: ${namesOf(missingFiles).join(', ')}`;
  if (!isInstalled) throw new Refusal(`${problem}. Run: npm ci`);
  const absent = [OWN_PACKAGE, ...missingFiles].filter((file) => !find(file, PROJECT));
  if (absent.length > 0) {
    throw new Refusal(`${problem}. Run: npm install ${namesOf(absent).join(' ')}`);
  }
  // A global installation finds no package of the project, but the project has its own command.
  throw new Refusal(`${problem}, beside ${HERE}. Use the one of this project: npx session-counter`);
};

// npx keeps a package that the project does not have in a folder of its own, where it finds no other.
const OWN_PACKAGE = 'session-counter/package.json';

const namesOf = (files: readonly string[]) => files.map((file) => file.split('/')[0]);

const findFile: FindFile = (file, from) => {
  try {
    return createRequire(from).resolve(file);
  } catch {
    return undefined;
  }
};
