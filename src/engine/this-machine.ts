import { availableParallelism, hostname } from 'node:os';

/** What measured speeds are remembered under: the same host with more cores is another machine. */
export const thisMachine = `${hostname()}/${availableParallelism()}`;
