import type { Context } from 'aws-lambda';
import { logUnderRequestId } from './log.ts';

/** The part of Lambda's context that the functions read. */
export type LambdaContext = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

type Handler<Event, Result> = (event: Event, context?: LambdaContext) => Promise<Result>;

/**
 * The handler that `create` makes, as Lambda calls it: the log lines of a request bear its id, and
 * what is thrown, also by `create`, is logged by Lambda under its own name.
 */
export const createEntryPoint = <Event, Result>(
  create: () => Handler<Event, Result>,
): Handler<Event, Result> => {
  const handler = createNamed(create);
  return (event, context) =>
    logUnderRequestId(context?.awsRequestId, async () => {
      try {
        return await handler(event, context);
      } catch (error) {
        throw withClassName(error);
      }
    });
};

const createNamed = <Created>(create: () => Created): Created => {
  try {
    return create();
  } catch (error) {
    throw withClassName(error);
  }
};

/**
 * Lambda logs an error under the name of its class, of which minifying leaves a letter or two. To
 * keep the names of all classes and functions would add 16 kB to each bundle.
 *
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/logging/formatter.ts
 */
const withClassName = (error: unknown): unknown => {
  if (error instanceof Error) {
    Reflect.defineProperty(error, 'constructor', { value: { name: error.name } });
  }
  return error;
};
