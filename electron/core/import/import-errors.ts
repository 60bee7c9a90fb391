/** The folder does not exist, or holds none of the nine files. */
export class NoExtractsError extends Error {
  override readonly name = 'NoExtractsError'
}

/** One load at a time into a store. */
export class ImportRunningError extends Error {
  override readonly name = 'ImportRunningError'
}
