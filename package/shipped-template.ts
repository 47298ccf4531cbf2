import { isDeepStrictEqual } from 'node:util';
import { DEFAULTS } from '../infra/settings/counter-settings.ts';
import type { ObserveOptions } from '../src/local/observation/open-observation.ts';
import { StartError } from '../src/local/start-error.ts';

/**
 * Loads the template that the package has: that of the default settings. The others need the CDK, which the package
 * does not have. Throws a StartError for settings that differ.
 */
export const loadShippedTemplate =
  (readTemplate: () => string): ObserveOptions['loadTemplate'] =>
  async (settings) => {
    const { name, counters, watch, legacyRoute } = DEFAULTS;
    if (isDeepStrictEqual(settings, { name, counters, watch, legacyRoute })) return readTemplate();
    throw new StartError(
      'The package has the dashboard of the default settings only. Run a checkout, or start without COUNTER_NAME, ' +
        'COUNTERS, WATCHED_COUNTERS and --legacy-route.',
    );
  };
