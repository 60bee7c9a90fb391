/** Native dialogs about a failure, in both languages: who is at the desk may not be known any more. */

export const pageGone = {
  message: 'La finestra di Sportello si è chiusa più volte.\nSportello’s window has failed several times.',
  detail: 'Ciò che è stato salvato e le bozze sono al sicuro.\nWhat was saved and the drafts are safe.',
  buttons: ['Riavvia / Restart', 'Chiudi / Close'],
} as const

export const pageHangs = {
  message: 'La finestra di Sportello non risponde.\nSportello’s window does not respond.',
  detail: 'Puoi aspettare, o ricaricarla: ciò che è stato salvato e le bozze sono al sicuro, gli ultimi secondi di testo forse no.\nYou can wait, or reload it: what was saved and the drafts are safe, the last seconds of text may not be.',
  buttons: ['Aspetta / Wait', 'Ricarica / Reload'],
} as const

export const programFailed = {
  message: 'Sportello si è fermato per un errore.\nSportello has stopped because of an error.',
  detail: 'Ciò che è stato salvato e le bozze sono al sicuro. Se succede di nuovo, chiama l’assistenza.\nWhat was saved and the drafts are safe. If it happens again, call support.',
  buttons: ['Riavvia / Restart', 'Chiudi / Close'],
} as const

export const notUpdated = {
  message: 'L’aggiornamento di Sportello non è riuscito.\nSportello could not be updated.',
  detail: 'Sportello riparte come prima. Ciò che è stato salvato e le bozze sono al sicuro. Se non riparte, chiama l’assistenza.\nSportello starts again as it was. What was saved and the drafts are safe. If it does not start, call support.',
  buttons: ['Riavvia / Restart'],
} as const
