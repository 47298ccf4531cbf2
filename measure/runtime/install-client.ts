import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { installTool } from '../../proof/deployment/install-tool.ts';
import { describeMissingTools } from './missing-tools.ts';

/** The version of AWS's runtime interface client for Node.js. */
export const CLIENT_VERSION = '4.0.2';

const PACKAGE = 'aws-lambda-ric';

/**
 * The file that runs AWS's runtime interface client. The first time, it installs and compiles the client, which takes
 * two minutes. Throws an Error that names the missing tools, or with the end of npm's output.
 */
export const installClient = (): string => {
  const addon = installTool(
    {
      ...{ name: PACKAGE, version: CLIENT_VERSION, runsScripts: true },
      file: `${PACKAGE}/rapid-client.node`,
    },
    prepare,
  );
  return join(dirname(addon), 'index.mjs');
};

const prepare = (): void => {
  const missing = describeMissingTools(process.platform, isInstalled);
  if (missing !== undefined) throw new Error(missing);
  process.stderr.write(`Compiling ${PACKAGE} ${CLIENT_VERSION}, once; this takes two minutes\n`);
};

const isInstalled = (command: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
