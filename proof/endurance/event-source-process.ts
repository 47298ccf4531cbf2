/** The event source and the projector in a separate process, which is going to be killed. */
import { startProjection } from '../../src/local/projection.ts';
import { endWithParent, openDatabasePatiently, processSettings } from './process-side.ts';

endWithParent();
const settings = processSettings();
startProjection(settings, await openDatabasePatiently(settings));
