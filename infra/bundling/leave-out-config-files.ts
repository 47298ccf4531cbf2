import type { Plugin } from 'esbuild';

/**
 * Leaves out the SDK's reading of `~/.aws/config` and `~/.aws/credentials`: on Lambda everything is in the
 * environment. The SDK would read both files during the first call, and load `node:fs/promises` for it.
 */
export const leaveOutConfigFiles: Plugin = {
  name: 'leave-out-config-files',
  setup({ onLoad }) {
    onLoad({ filter: /shared-ini-file-loader[\\/]loadSharedConfigFiles\.js$/ }, () => ({
      contents: `
        export { CONFIG_PREFIX_SEPARATOR } from './constants';
        export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
    }));
  },
};
