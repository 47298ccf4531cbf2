import { execFileSync } from 'node:child_process';
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

const DAY_MS = 86_400_000;

/** A CloudWatch with the dashboard and the alarms of a real template; the name of a resource is its path. */
export const createBlogCloudWatch = (): LocalCloudWatch => {
  const { template, names } = synthesizeBlog();
  return createLocalCloudWatch(readTemplate(template, createTemplateResolver(template, names)));
};

interface Printed {
  readonly template: Template;
  readonly names: Record<string, string>;
}

let printed: string | undefined;

// In a process of its own, because the types of the CDK do not hold here.
const synthesizeBlog = (): Printed => {
  printed ??= execFileSync(process.execPath, ['test/infra/print-blog-template.ts'], {
    encoding: 'utf8',
  });
  return JSON.parse(printed);
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
