import { onBeforeUnmount, watch } from 'vue'
import { useRouter } from 'vue-router'
import { usePorts } from '../../ports.ts'
import { defineAction, useActionRegistry, useActions } from '../../ui/actions/registry.ts'
import { useLookup } from '../lookup/lookup-store.ts'
import { useWorkspace } from '../desk/workspace-store.ts'
import { createAskAnswers } from './answer-asks.ts'
import { createNoticeRules } from './notice-rules.ts'
import { useShellProblem } from './shell-problems.ts'

/** Ties the desk's page to the desktop around it, while somebody is signed in; does nothing in a browser. */
export function useDesktop(): void {
  const { core, shell, onEvent } = usePorts()
  if (!shell.can('asks')) return
  const registry = useActionRegistry()
  const workspace = useWorkspace()
  const problem = useShellProblem()
  const answers = createAskAnswers({ core, router: useRouter(), registry, lookup: useLookup(), workspace, tell: (what) => (problem.value = what) })
  const noticeOf = createNoticeRules(() => workspace.tabs)
  const unlisten = shell.onAsk(answers.answer)

  // A browser prints every page by itself; here the key is the desk's, and pages with a print of their own go first.
  const print = async (): Promise<void> => {
    if (!registry.run('ticket.print') && !registry.run('customer.print')) await shell.print()
  }
  useActions(defineAction({ id: 'desk.print', titleKey: 'ui.print', groupKey: 'desk.group', shortcut: 'mod+p', quiet: true, run: print }))

  // Whether the person looks elsewhere is for the shell to say: it knows of the other windows.
  onEvent((event) => {
    const notice = noticeOf(event)
    if (notice !== null) void shell.notify(notice)
  })
  // Not before the tabs are back: they would replace what was opened meanwhile.
  watch(() => workspace.ready, (ready) => {
    if (ready) void shell.listen(true)
  }, { immediate: true })
  onBeforeUnmount(() => {
    unlisten()
    answers.stop()
    void shell.listen(false)
  })
}
