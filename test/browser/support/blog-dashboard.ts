import {
  createLocalCloudWatch,
  type LocalCloudWatch,
} from '../../../src/local/cloudwatch/local-cloudwatch.ts';
import {
  createTemplateResolver,
  readTemplate,
  type Template,
} from '../../../src/local/cloudwatch/template/read-template.ts';
import type { ShownDashboard } from '../../../src/local/dashboard/dashboard-data.ts';
import { synthesize } from '../../infra/synthesize.ts';

const RUNBOOK_URL = 'https://example.org/operations';
const DAY_MS = 86_400_000;

/** A CloudWatch with the dashboard and the alarms of a real template; the name of a resource is its path. */
export const createBlogCloudWatch = (): LocalCloudWatch => {
  const { text, pathOf } = synthesize({ runbookUrl: RUNBOOK_URL });
  const template = JSON.parse(text) as Template;
  const ids = Object.keys(template.Resources).map((id) => [id, pathOf(id)]);
  const pseudo = { 'AWS::Region': 'local', 'AWS::Partition': 'aws' };
  const names = { ...Object.fromEntries(ids), ...pseudo };
  return createLocalCloudWatch(readTemplate(template, createTemplateResolver(template, names)));
};

/** What the page gets of such a CloudWatch. */
export const readBlogDashboard = (
  { show, alarms }: LocalCloudWatch,
  now: number,
  rangeMs = DAY_MS,
): ShownDashboard => ({
  ...{ name: 'blog-local', now, rangeMs, widgets: show('blog-local', now, rangeMs) },
  ...{ alarms: alarms.statuses(), changes: alarms.history(), onAwsOnly: [] },
});
