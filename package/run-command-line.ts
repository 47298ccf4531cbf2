import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCdkOn } from '../infra/deployment/run-cdk.ts';
import { runDeploymentCommand } from '../infra/deployment/run-command.ts';
import { runCounterProcess } from '../src/cli/run-counter-process.ts';
import { runStart } from '../src/local/run-start.ts';
import { PROGRAMS } from './programs.ts';
import { OBSERVED_FILE, PAGE_FILE } from './shipped-files.ts';
import { loadShippedTemplate } from './shipped-template.ts';

const PACKAGE = resolve(import.meta.dirname, '..');
const readPackageFile = (file: string): string => readFileSync(join(PACKAGE, file), 'utf8');

const [name, ...args] = process.argv.slice(2);

switch (name) {
  case 'start':
    await runStart(args, {
      pageFolder: join(PACKAGE, 'examples/resume'),
      loadWidget: async () => readPackageFile('dist/query/widget.js'),
      loadTemplate: loadShippedTemplate(() => readPackageFile(OBSERVED_FILE)),
      loadDashboardPage: async () => JSON.parse(readPackageFile(PAGE_FILE)),
    });
    break;
  case 'deploy':
  case 'synth':
  case 'destroy':
    await runDeploymentCommand(name, args, runCdkOn(join(PACKAGE, 'command/app.js')));
    break;
  case '--version':
    process.stdout.write(`${JSON.parse(readPackageFile('package.json')).version}\n`);
    break;
  default:
    await runCounterProcess(PROGRAMS);
}
