/**
 * What CloudFormation asks the function of a custom resource to do. Every value of a property is text.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export interface ResourceRequest<Properties> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** The address at S3 that takes the response, once. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  /** The id of an earlier response; not with `Create`. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  /** Only with `Update`, which is also how CloudFormation rolls one back. */
  readonly OldResourceProperties?: Properties;
}

/** The resource after a request was fulfilled. */
export interface Resource {
  /** Another id than before makes CloudFormation ask to delete the resource with that one. */
  readonly PhysicalResourceId: string;
  /** The attributes of the resource, which a template reads with Fn::GetAtt. */
  readonly Data?: Readonly<Record<string, string>>;
}

/** The response. */
export interface ResourceOutcome extends Resource {
  readonly Status: 'SUCCESS' | 'FAILED';
  /** Why it failed, for the events of the stack. */
  readonly Reason?: string;
}
