import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { OUTPUT } from '../../src/settings/stack-outputs.ts';
import { dashboardUrl } from '../observability/console-url.ts';
import type { SessionCounter } from '../session-counter.ts';

/**
 * Adds the outputs of the stack: for people, the addresses of the API and the dashboard and the HTML
 * for a page; for the operator's commands, the tables and the settings.
 */
export const addOutputs = (stack: Stack, counter: SessionCounter): void => {
  const { apiUrl, dashboard, tables, settings } = counter;
  addOutput(stack, 'ApiUrl', 'The API that counts visits and serves the counts', apiUrl);
  addOutput(
    stack,
    'DashboardUrl',
    'The CloudWatch dashboard',
    dashboardUrl(stack, dashboard.dashboardName),
  );
  addOutput(stack, 'Html', 'The HTML to paste into a page', widgetHtml(apiUrl));
  addOutput(stack, OUTPUT.sessionsTable, 'The sessions table', tables.sessions.tableName);
  addOutput(stack, OUTPUT.countsTable, 'The counts table', tables.counts.tableName);
  const json = stack.toJsonString(settings);
  addOutput(stack, OUTPUT.settings, 'The settings of the functions; no secret is among them', json);
};

const addOutput = (stack: Stack, id: string, description: string, value: string) =>
  new CfnOutput(stack, id, { description, value });

// Counts visits of the page and shows the counts on it.
const widgetHtml = (apiUrl: string): string =>
  `<script type="module" src="${apiUrl}/widget.js"></script><session-counter></session-counter>`;
