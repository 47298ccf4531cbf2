import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** A log group that keeps its lines for two weeks by default, and is deleted with its stack. */
export const addLogGroup = (
  scope: Construct,
  id: string,
  retention = RetentionDays.TWO_WEEKS,
): LogGroup =>
  new LogGroup(scope, id, {
    retention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
