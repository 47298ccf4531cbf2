import type { Assumptions } from './assumptions.ts';
import type { MeasuredUnits } from './measured-units.ts';
import type { Workload } from './workload.ts';

/** What the lines of a bill are calculated from. */
export interface Basis {
  readonly work: Workload;
  readonly units: MeasuredUnits;
  readonly assumptions: Assumptions;
}
