/** The event source and the projector as a process of its own, made to be killed. */
import { startProjection } from '../../src/local/projection.ts';
import { endWithParent, openDatabasePatiently, processSettings } from './process-side.ts';

endWithParent();
const settings = processSettings();
startProjection(settings, await openDatabasePatiently(settings));
