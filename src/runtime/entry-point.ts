import type { Context } from 'aws-lambda';
import { logUnderRequestId } from './log.ts';

/** The part of Lambda's context that the functions use. */
export type LambdaContext = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

type Handler<Event, Result> = (event: Event, context?: LambdaContext) => Promise<Result>;

/**
 * The handler from `create`, as Lambda calls it: log lines contain the id of their request, and Lambda
 * logs what is thrown, including by `create`, under its error name.
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
 * Lambda logs an error under the name of its class, which minification shortens to a letter or two.
 * Keeping the names of all classes and functions instead would add 16 kB to each bundle.
 *
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/logging/formatter.ts
 */
const withClassName = (error: unknown): unknown => {
  if (error instanceof Error) {
    Reflect.defineProperty(error, 'constructor', { value: { name: error.name } });
  }
  return error;
};
