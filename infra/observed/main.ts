/**
 * Prints, as JSON, what the local run observes of the template with the settings in the first argument, which are
 * JSON, too. The bundles of the functions do not matter for that, so empty ones take their place.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUNDLES } from '../bundling/bundle-names.ts';
import { observedResources } from './observed-resources.ts';

// The local run may stop before this has finished, within a second: then it still removes its folder.
process.on('SIGTERM', () => undefined);
process.stdout.on('error', () => undefined);

const folder = mkdtempSync(join(tmpdir(), 'session-counter-observed-'));
try {
  for (const name of BUNDLES) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), '');
  }
  const settings = JSON.parse(process.argv[2] ?? '{}');
  const observed = observedResources(settings, {
    ...{ folder: join(folder, 'cdk.out'), bundleFolder: folder },
  });
  process.stdout.write(JSON.stringify(observed));
} catch (error) {
  // For the page of the dashboard, which has no use for a stack trace.
  process.stderr.write((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
