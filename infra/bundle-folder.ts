import { join } from 'node:path';

/**
 * The folder with the bundles of the functions: `dist`, beside the folder of this file, in a checkout as
 * in the package. The working directory is that of the app which uses the construct.
 */
export const BUNDLE_FOLDER = join(import.meta.dirname, '../dist');
