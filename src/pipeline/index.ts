export { planExport } from './plan-export.ts';
export { type PreparedJob, prepareJob } from './prepare-job.ts';
export { createRunTask } from './run-task.ts';
export type { Machines } from './stage.ts';
export { createInspectAsset, createStageChildren, type StageChildren } from './stage-child.ts';
export { exportWorkflow } from './workflow.ts';
