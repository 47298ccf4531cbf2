import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The licenses of the packages whose code is bundled, each text once, with the packages that it
 * applies to. `inputs` are the paths of the bundled files. Throws for a package without a license.
 */
export const formatThirdPartyLicenses = (inputs: Iterable<string>): string => {
  const packages = [...new Set([...inputs].flatMap(packageFolder))].sort();
  const byText = Map.groupBy(packages, readLicense);
  const sections = [...byText].map(
    ([text, folders]) => `${folders.map(describePackage).join('\n')}\n\n${text}`,
  );
  return `The code of this package includes:\n\n${sections.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
};

// The innermost package that holds the file, or none for a source of this project.
const packageFolder = (input: string): string[] => {
  const [match] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
  return match === undefined ? [] : [match];
};

const describePackage = (folder: string): string => {
  const { name, version } = readManifest(folder);
  return `${name} ${version}`;
};

const readManifest = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

const LICENSE_FILE = /^(licen[cs]e|unlicense)/i;

const readLicense = (folder: string): string => {
  const file = existsSync(folder) && readdirSync(folder).find((name) => LICENSE_FILE.test(name));
  if (file) return readFileSync(join(folder, file), 'utf8').trim();
  const { license, author } = readManifest(folder);
  if (license === undefined) throw new Error(`${folder} (in ${dirname(folder)}) has no license`);
  return `License: ${license}. Author: ${author?.name ?? author ?? 'not named'}.`;
};
