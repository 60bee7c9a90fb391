import { z } from '../../shared/domain/schema.ts'

export const mailLanguages = ['it', 'en'] as const
export type MailLanguage = (typeof mailLanguages)[number]
export type MailText = { readonly subject: string; readonly text: string }

const answered = z.object({ ticket: z.string(), brand: z.string() })

/** That an answer is there, never what it says (S4): mail is read by others on the way. */
const templates = {
  ticket_answered: {
    it: ({ ticket, brand }: z.output<typeof answered>): MailText => ({
      subject: `${brand}: risposta alla richiesta ${ticket}`,
      text: `Gentile cliente,\n\nè stata pubblicata una risposta alla richiesta ${ticket}.\nIl testo si legge nell’area clienti o si chiede allo sportello, indicando il numero della richiesta.\n\n${brand}\n\nQuesto messaggio è automatico: alle risposte a questo indirizzo non segue riscontro.\n`,
    }),
    en: ({ ticket, brand }: z.output<typeof answered>): MailText => ({
      subject: `${brand}: answer to request ${ticket}`,
      text: `Dear customer,\n\nan answer to request ${ticket} has been published.\nIt can be read in the customer area or asked for at the desk, with the number of the request.\n\n${brand}\n\nThis message is automatic: replies to this address are not read.\n`,
    }),
  },
} as const

/** The words of a stored message. Throws when the template or its data are not known: a newer hub wrote them. */
export function writeMail(template: string, language: string, data: unknown): MailText {
  if (!Object.hasOwn(templates, template)) throw new RangeError('unknown mail template')
  return templates[template as keyof typeof templates][language === 'en' ? 'en' : 'it'](answered.parse(data))
}
