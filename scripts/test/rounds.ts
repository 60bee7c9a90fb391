/** Rounds follow each other; the lanes of a round run side by side, the steps of a lane one after the other. */
export type Rounds<S> = readonly (readonly (readonly S[])[])[]

/**
 * Runs every step and answers what came of each, in the order in which they are written, whatever ended first. A step that throws ends
 * its lane; the other lanes of its round come to their end before that is passed on, so that nothing is left running.
 *
 * @param sideBySide whether the machine has room for more than one lane
 */
export async function runRounds<S, R>(rounds: Rounds<S>, sideBySide: boolean, run: (step: S) => Promise<R>): Promise<readonly R[]> {
  const inOrder = async (steps: readonly S[]): Promise<readonly R[]> => {
    const results: R[] = []
    for (const step of steps) results.push(await run(step))
    return results
  }
  const results: R[] = []
  for (const lanes of rounds) {
    const ended = await Promise.allSettled((sideBySide ? lanes : [lanes.flat()]).map(inOrder))
    for (const lane of ended) {
      if (lane.status === 'rejected') throw lane.reason
      results.push(...lane.value)
    }
  }
  return results
}
