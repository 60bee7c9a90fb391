import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { saveProblems } from '../../../../shared/contract/shell.ts'
import type { SaveProblem, Shell } from '../../../../shared/contract/shell.ts'

/** What a native thing could not do; names no file and no record. */
export type ShellProblem = SaveProblem | 'print' | 'badLink' | 'badLinkFile' | 'ticketNotFound'

/** Outlives the page that asked: a dialog may be answered after its tab has gone. */
const problem = shallowRef<ShellProblem | null>(null)

/** The newest problem, until it is read or the thing has worked. */
export function useShellProblem(): ShallowRef<ShellProblem | null> {
  return problem
}

/** The same shell, with every failure told on the desk; whoever calls it need not care. */
export function tellProblems(shell: Shell): Shell {
  return {
    ...shell,
    print: async () => {
      const outcome = await shell.print()
      if (outcome === 'failed') problem.value = 'print'
      else if (outcome === 'done' && problem.value === 'print') problem.value = null
      return outcome
    },
    saveFile: async (file) => {
      const outcome = await shell.saveFile(file)
      if (outcome === 'saved') problem.value = isOfSaving(problem.value) ? null : problem.value
      else if (outcome !== 'cancelled') problem.value = outcome
      return outcome
    },
  }
}

function isOfSaving(what: ShellProblem | null): boolean {
  return saveProblems.some((one) => one === what)
}
