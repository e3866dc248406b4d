/** Why a process ends: the numbers are promised in `npm start -- --help` and docs/operations.md. */
export const exitCodes = {
  unexpected: 1,
  usage: 2,
  portTaken: 3,
  dataFolderInUse: 4,
  databaseUnreachable: 5,
  platformUnsupported: 6,
  migrationFailed: 7,
} as const;

export type StartFailure = keyof typeof exitCodes;

/** A start that cannot go on, with a message for the person who started it. */
export class StartError extends Error {
  constructor(
    readonly failure: StartFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "StartError";
  }

  get exitCode(): number {
    return exitCodes[this.failure];
  }
}
