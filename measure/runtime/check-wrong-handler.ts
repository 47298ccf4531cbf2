import type { DeployedFunction } from '../../proof/deployment/deployed-functions.ts';
import { type Surroundings, startContainer } from './start-container.ts';

const EXPORT = 'missing';

/** Whether the client notices a `Handler` that the bundle does not export. Resolves to what is wrong. */
export const checkWrongHandler = async (
  deployed: DeployedFunction,
  surroundings: Surroundings,
): Promise<string[]> => {
  const handler = `index.${EXPORT}`;
  try {
    await using _ = await startContainer({ ...deployed, handler }, surroundings);
  } catch (error) {
    const { message } = error as Error;
    if (message.includes('Runtime.HandlerNotFound')) return [];
    return [`${deployed.name} must report that ${handler} is missing, but: ${message}`];
  }
  return [`${deployed.name} must not start with the handler ${handler}, but it did`];
};
