import { type App, Stack } from 'aws-cdk-lib';
import { SessionCounter } from '../session-counter.ts';
import type { CounterSettings } from '../settings/counter-settings.ts';
import { formatRecord, RECORD } from '../settings/recorded-settings.ts';
import { settingsProps } from '../settings/settings-props.ts';
import { importDomain } from './import-domain.ts';
import { importTables } from './import-tables.ts';
import { STACK_DESCRIPTION } from './stack-description.ts';

/**
 * Adds the stack of one counter, which records its settings and has termination protection.
 * `bundleFolder` holds the bundles of the functions; its default is that of the construct.
 */
export const addCounterStack = (
  app: App,
  settings: CounterSettings,
  bundleFolder?: string,
): Stack => {
  const stack = new Stack(app, settings.name, {
    description: STACK_DESCRIPTION,
    terminationProtection: true,
  });
  stack.addMetadata(RECORD, formatRecord(settings));
  new SessionCounter(stack, 'Counter', {
    ...settingsProps(settings),
    ...importTables(stack, settings),
    ...importDomain(stack, settings),
    bundleFolder,
  });
  return stack;
};
