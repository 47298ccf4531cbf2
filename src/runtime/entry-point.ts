import type { Context } from 'aws-lambda';
import { logUnderRequestId } from './log.ts';
import { waitForPreparation } from './prepare.ts';

/** The part of Lambda's context that the functions use. */
export type LambdaContext = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

type Handler<Event, Result> = (event: Event, context?: LambdaContext) => Promise<Result>;

/**
 * The handler from `create`, as Lambda calls it: log lines contain the id of their request, and Lambda
 * logs what is thrown, including by `create`, under its error name.
 */
export const createEntryPoint = <Event, Result>(
  create: () => Handler<Event, Result>,
): Handler<Event, Result> => entryPointTo(createNamed(create));

/** A handler, and what it can do before its first call. */
export interface Prepared<AnyHandler> {
  readonly handler: AnyHandler;
  /** Does work that the first call would otherwise do. */
  readonly prepare: () => Promise<unknown>;
}

/**
 * The same for a function that visitors wait for. It prepares the first call while the container starts,
 * when Lambda does not limit its CPU to the share of its memory.
 *
 * @see https://serverlessland.com/content/service/lambda/guides/effectively-running-java-on-serverless/init-heavy-lifting
 */
export const createPreparedEntryPoint = async <Event, Result>(
  create: () => Prepared<Handler<Event, Result>>,
): Promise<Handler<Event, Result>> => {
  const { handler, prepare } = createNamed(create);
  await waitForPreparation(prepare());
  return entryPointTo(handler);
};

const entryPointTo =
  <Event, Result>(handler: Handler<Event, Result>): Handler<Event, Result> =>
  (event, context) =>
    logUnderRequestId(context?.awsRequestId, async () => {
      try {
        return await handler(event, context);
      } catch (error) {
        throw withClassName(error);
      }
    });

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
