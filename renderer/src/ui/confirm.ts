import { inject, shallowRef } from 'vue'
import type { App, InjectionKey, ShallowRef } from 'vue'

/** A question asked before what cannot be undone. Texts are already in the person's language. */
export type Question = {
  readonly title: string
  readonly text?: string
  /** A verb, such as "Cancella la lettura". */
  readonly confirm: string
  readonly cancel?: string
  readonly danger?: boolean
}
type Asked = Question & { readonly answer: (yes: boolean) => void }

/** An offer to take an action back, shown for some seconds. */
export type UndoOffer = { readonly text: string; readonly undo: () => void | Promise<void> }

export type Dialogs = {
  readonly question: Readonly<ShallowRef<Asked | undefined>>
  readonly offer: ShallowRef<UndoOffer | undefined>
  /** Asks, and answers whether the person confirmed. A second question withdraws the first. */
  readonly ask: (question: Question) => Promise<boolean>
  readonly offerUndo: (offer: UndoOffer) => void
  /** Takes question and offer off the screen, unanswered: they may name a customer, and the person has gone. */
  readonly withdraw: () => void
  readonly install: (app: App) => void
}

const dialogsKey: InjectionKey<Dialogs> = Symbol('dialogs')

export function createDialogs(): Dialogs {
  const question = shallowRef<Asked>()
  const offer = shallowRef<UndoOffer>()
  const dialogs: Dialogs = {
    question,
    offer,
    ask(asked) {
      question.value?.answer(false)
      return new Promise((resolve) => {
        question.value = {
          ...asked,
          answer(yes) {
            question.value = undefined
            resolve(yes)
          },
        }
      })
    },
    offerUndo(next) {
      offer.value = next
    },
    withdraw() {
      question.value?.answer(false)
      offer.value = undefined
    },
    install(app) {
      app.provide(dialogsKey, dialogs)
    },
  }
  return dialogs
}

export function useDialogs(): Dialogs {
  const dialogs = inject(dialogsKey)
  if (dialogs === undefined) throw new Error('dialogs are not installed')
  return dialogs
}
