/** The event source and the projector in a separate process, which is going to be killed. */
import { startProjection } from '../../src/local/projection.ts';
import { exitWithParent, openDatabaseWithRetry, processSettings } from './process-side.ts';

exitWithParent();
const settings = processSettings();
startProjection(settings, await openDatabaseWithRetry(settings));
