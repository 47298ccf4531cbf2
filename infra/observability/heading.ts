import { type IWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { documentedCommandLine } from '../../src/runtime/command-line.ts';
import { COLUMNS } from './widgets.ts';

/** What to check in each section, from top to bottom. */
export const heading = (name: string, hasAlarms: boolean): IWidget[] => [
  new TextWidget({
    width: COLUMNS,
    height: 7,
    markdown: [
      `# ${name}`,
      ...(hasAlarms ? [WHERE_TO_LOOK, ''] : []),
      `- **Counts**: only ${LOWER_TOTAL}, \`retract\` or a smaller baseline lowers distinct sessions.` +
        ' A gap: the reporter is silent.',
      '- **Visits**: received = counted + refused. Many `failure` or `no-key` refusals need a fix.',
      '- **API and functions**: there should be no 5xx, no 429, no errors and no throttles.',
      '- **Stream**: a lag of seconds is normal; hours lose visits. Skipped duplicates are harmless.' +
        ' While the mapping is not enabled, nothing is counted.',
      '- **Capacity**: above the lines, requests may be refused.',
      '- **Drift**: 0 each day; otherwise the count is wrong, unless the uncertainty is as large.',
    ].join('\n'),
  }),
];

const LOWER_TOTAL = `\`${documentedCommandLine('rebuild', '--lower-total')}\``;

const WHERE_TO_LOOK = '**Did an alarm go off?** The table at the end of this page says what to do.';
