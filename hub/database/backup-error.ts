/** Something about a backup that the operator can mend, said in one line. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}
