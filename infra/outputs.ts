import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { nameCounterId, OUTPUT, outputKey } from '../src/settings/stack-outputs.ts';
import { dashboardUrl } from './observability/console-url.ts';
import { InvalidPropError } from './props/invalid-prop-error.ts';
import type { Tables } from './tables.ts';

/** The parts of a counter that its outputs show. */
export interface OutputSources {
  readonly apiUrl: string;
  readonly dashboard: Dashboard | undefined;
  readonly tables: Tables;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Adds the outputs of the counter `scope` to its stack: for people, the addresses of the API and the
 * dashboard, and the HTML for a page; for the operator's commands, the tables and the settings. In a
 * nested stack they are added to the outermost stack, because no one knows the generated name of the
 * nested one. Throws an InvalidPropError when their keys are those of another counter, or name none.
 */
export const addOutputs = (scope: Construct, sources: OutputSources): void => {
  const stack = outermostStack(Stack.of(scope));
  const { apiUrl, dashboard, tables, settings } = sources;
  const id = idBelow(stack, scope);
  checkId(id, stack, scope);
  const add = (name: string, description: string, value: string) =>
    new CfnOutput(stack, outputKey(id, name), { description, value });
  add('ApiUrl', 'The API that counts visits and serves the counts', apiUrl);
  if (dashboard) {
    add('DashboardUrl', 'The CloudWatch dashboard', dashboardUrl(stack, dashboard.dashboardName));
  }
  add('Html', 'The HTML to paste into a page', widgetHtml(apiUrl));
  add(OUTPUT.sessionsTable, 'The sessions table', tables.sessions.tableName);
  add(OUTPUT.countsTable, 'The counts table', tables.counts.tableName);
  const json = stack.toJsonString(settings);
  add(OUTPUT.settings, 'The settings of the functions; no secret is among them', json);
};

const outermostStack = (stack: Stack): Stack =>
  stack.nestedStackParent ? outermostStack(stack.nestedStackParent) : stack;

const idBelow = (stack: Stack, scope: Construct): string => {
  const { scopes } = scope.node;
  return nameCounterId(scopes.slice(scopes.indexOf(stack) + 1).map(({ node }) => node.id));
};

// The commands find the counter by its id, and the CDK would only name an output that exists already.
const checkId = (id: string, stack: Stack, { node }: Construct): void => {
  const isTaken = stack.node.tryFindChild(outputKey(id, OUTPUT.sessionsTable)) !== undefined;
  if (id !== '' && !isTaken) return;
  const expected =
    'a path with letters or digits other than those of each other counter in the stack';
  throw new InvalidPropError('id', expected, node.path);
};

// Counts visits of the page and shows the counts on it.
const widgetHtml = (apiUrl: string): string =>
  `<script type="module" src="${apiUrl}/widget.js"></script><session-counter></session-counter>`;
