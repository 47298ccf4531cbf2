import { Aws, CfnOutput, type Stack } from 'aws-cdk-lib';
import type { SessionCounter } from './session-counter.ts';

/** What a person needs after a deployment: three addresses, of which one is in a line of HTML. */
export const addOutputs = (stack: Stack, { apiUrl, dashboard }: SessionCounter): void => {
  const console = `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home`;
  addOutput(stack, 'ApiUrl', 'Where visits are counted and counts are read', apiUrl);
  addOutput(
    stack,
    'DashboardUrl',
    'The dashboard',
    `${console}?region=${Aws.REGION}#dashboards/dashboard/${dashboard.dashboardName}`,
  );
  addOutput(stack, 'Html', 'The line to paste into a page', widgetHtml(apiUrl));
};

const addOutput = (stack: Stack, id: string, description: string, value: string) =>
  new CfnOutput(stack, id, { description, value });

// Counts the visits of a page and shows the counts there.
const widgetHtml = (apiUrl: string): string =>
  `<script type="module" src="${apiUrl}/widget.js"></script><session-counter></session-counter>`;
