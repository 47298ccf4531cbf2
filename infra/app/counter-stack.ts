import { type App, Stack } from 'aws-cdk-lib';
import { SessionCounter } from '../session-counter.ts';
import type { CounterSettings } from '../settings/counter-settings.ts';
import { formatRecord, RECORD } from '../settings/recorded-settings.ts';
import { settingsProps } from '../settings/settings-props.ts';
import { addOutputs } from './outputs.ts';
import { STACK_DESCRIPTION } from './stack-description.ts';

/**
 * Adds the stack of one counter, which records its settings and has termination protection.
 * `bundleFolder` holds the bundles of the functions.
 */
export const addCounterStack = (
  app: App,
  settings: CounterSettings,
  bundleFolder = 'dist',
): Stack => {
  const stack = new Stack(app, settings.name, {
    description: STACK_DESCRIPTION,
    terminationProtection: true,
  });
  stack.addMetadata(RECORD, formatRecord(settings));
  const props = { ...settingsProps(settings), bundleFolder };
  addOutputs(stack, new SessionCounter(stack, 'Counter', props));
  return stack;
};
