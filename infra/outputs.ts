import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { OUTPUT } from '../src/settings/stack-outputs.ts';
import { dashboardUrl } from './observability/console-url.ts';
import type { SessionCounter } from './session-counter.ts';

/**
 * What a person needs after a deployment: three addresses, of which one is in a line of HTML; and
 * by what the operator's commands find the counter.
 */
export const addOutputs = (stack: Stack, counter: SessionCounter): void => {
  const { apiUrl, dashboard, tables, settings } = counter;
  addOutput(stack, 'ApiUrl', 'Where visits are counted and counts are read', apiUrl);
  addOutput(stack, 'DashboardUrl', 'The dashboard', dashboardUrl(stack, dashboard.dashboardName));
  addOutput(stack, 'Html', 'The line to paste into a page', widgetHtml(apiUrl));
  addOutput(stack, OUTPUT.sessionsTable, 'The sessions table', tables.sessions.tableName);
  addOutput(stack, OUTPUT.countsTable, 'The counts table', tables.counts.tableName);
  const json = stack.toJsonString(settings);
  addOutput(stack, OUTPUT.settings, 'The settings of the functions, without a secret', json);
};

const addOutput = (stack: Stack, id: string, description: string, value: string) =>
  new CfnOutput(stack, id, { description, value });

// Counts the visits of a page and shows the counts there.
const widgetHtml = (apiUrl: string): string =>
  `<script type="module" src="${apiUrl}/widget.js"></script><session-counter></session-counter>`;
