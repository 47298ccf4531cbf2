import { type Answer, jsonAnswer, xmlAnswer } from '../deployment/answer.ts';

/** How requests fail: because of a limit, or because the service is not available. */
export type Trouble = 'throttled' | 'unavailable';

/** The answer to a request that fails, in the format of its service. */
export const failWith = (trouble: Trouble, service: string): Answer => {
  if (service === 'sns') return failInXml(trouble);
  if (trouble === 'unavailable') return jsonAnswer({ __type: 'ServiceUnavailable' }, 503);
  const __type =
    service === 'dynamodb' ? 'ProvisionedThroughputExceededException' : 'ThrottlingException';
  return jsonAnswer({ __type: `com.amazonaws#${__type}`, message: 'Rate exceeded' }, 400);
};

const failInXml = (trouble: Trouble): Answer => {
  const [status, code] =
    trouble === 'throttled' ? [400, 'Throttling'] : [503, 'ServiceUnavailable'];
  return xmlAnswer(`<ErrorResponse><Error><Code>${code}</Code></Error></ErrorResponse>`, status);
};
