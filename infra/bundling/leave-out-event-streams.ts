import type { Plugin } from 'esbuild';

/**
 * Leaves the SDK's code for event streams out of the bundles; it would be imported by a request that
 * streams events, and no function sends one. A module that is imported dynamically is also wrapped by
 * esbuild, with all modules that it shares with the rest: those are then loaded slower, and whole.
 */
export const leaveOutEventStreams: Plugin = {
  name: 'leave-out-event-streams',
  setup({ onResolve }) {
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};
