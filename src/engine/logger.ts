/** Where the engine writes what it does; Fastify's logger fits. */
export interface Logger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Writes these details with each line: of which job, which task. */
export function withDetails(logger: Logger, known: object): Logger {
  return {
    info: (details, message) => logger.info({ ...known, ...details }, message),
    warn: (details, message) => logger.warn({ ...known, ...details }, message),
    error: (details, message) => logger.error({ ...known, ...details }, message),
  };
}
