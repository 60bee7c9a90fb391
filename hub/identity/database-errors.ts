import { HubError } from '../server/errors.ts'

/** Turns the refusal of a unique name by the database into an answer; two that come at once are told apart only there. */
export async function refusingTaken<T>(code: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505') throw new HubError(409, code)
    throw error
  }
}
