/**
 * What CloudFormation sends to the function of a custom resource to create it, with `responseUrl` as the address that
 * takes the response.
 */
export const createRequest = (
  responseUrl: string,
  properties: Readonly<Record<string, string>>,
) => ({
  ...{ RequestType: 'Create', ResponseURL: responseUrl, StackId: 'stack', RequestId: 'request' },
  ...{ LogicalResourceId: 'Resource', ResourceProperties: properties },
});
