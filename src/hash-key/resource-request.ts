/**
 * What CloudFormation asks the function of a custom resource to do.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export interface ResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** The address at S3 that takes the response, once. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  /** The id of an earlier response; not with `Create`. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: { readonly ParameterName: string };
}

/** The response. It has no data, so CloudFormation never sees a key. */
export interface ResourceOutcome {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly PhysicalResourceId: string;
  /** Why it failed, for the events of the stack. */
  readonly Reason?: string;
}
